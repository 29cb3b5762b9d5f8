// What hands do to a run: centres placed, points edited, and the page that is saved of it.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as edit from "../src/views/steps/edits.ts";
import { nudged, original, placed, textOf } from "../src/views/steps/placing.ts";
import { decode, withSpot } from "../src/views/steps/run.ts";
import { pageOf } from "../src/views/steps/saving.ts";
import { aTrace } from "./a_trace.ts";

const run = decode(aTrace());

test("a start is written in plot coordinates, to a ten-thousandth of the plot", () => {
  assert.equal(textOf(run), "10,20,13,21");
  const start = withSpot(run.start, 0, [1 / 3, 0]);
  assert.equal(textOf({ ...run, start }), "10.333,20,13,21");
});

test("arrow keys move by a fiftieth of the plot, finely by a five-hundredth", () => {
  assert.deepEqual(nudged(run, 0, "ArrowLeft", false), [9.6, 20]);
  assert.deepEqual(nudged(run, 0, "ArrowUp", true), [10, 20.04]);
  assert.equal(nudged(run, 0, "Enter", false), null);
});

test("typed values are original ones, whatever bends the axis", () => {
  for (const bend of ["", "log", "sqrt", "asinh"]) {
    const bent = { ...run, bends: [bend, ""] as const };
    assert.equal(original(bent, placed(bent, 2.25, 0), 0), 2.25);
  }
  assert.equal(placed({ ...run, bends: ["log", ""] }, Math.E, 0), 1);
});

test("every edit can be undone, in the order it was made", () => {
  const begun = edit.none(run.points);
  const added = edit.add(begun, [5, 5]);
  const dragged = edit.move(edit.put(added, 0, [2, 2]), 0, [0, 0], [3, 3]);
  const removed = edit.remove(dragged, 3);
  assert.deepEqual(edit.pointsOf(removed, run), [
    [13, 23],
    [11, 20],
    [14, 20],
  ]);
  assert.deepEqual(edit.pointsOf(edit.undo(removed), run).at(-1), [15, 25]);
  const back = [1, 2, 3].reduce(edit.undo, removed);
  assert.deepEqual(back, begun);
  assert.equal(edit.undo(back), back);
  assert.deepEqual([...run.points], [0, 0, 1, 0, 4, 0]);
});

test("edited points become a table whose names keep their commas", () => {
  const table = edit.tableOf(['a "b"', "c,d"], [[1 / 3, 2]]);
  assert.equal(table, '"a ""b""","c,d"\n0.333333333,2.00000000');
});

test("nothing in a saved page ends its scripts early", () => {
  const trace = { ...aTrace(), note: "</script><script>alert(1)" };
  const overlays = { size: true, ellipses: true, centers: true, plain: false };
  const page = pageOf({ trace, overlays }, 'const a = "</script>";', "p {}", "dark");
  assert.equal(page.match(/<\/script>/g)?.length, 2);
  assert.ok(page.includes('data-mantine-color-scheme="dark"'));
});
