// What hands do to a run: centres placed, points edited, and the page that is saved of it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { live, settings } from "../src/contract.ts";
import * as edit from "../src/views/steps/edits.ts";
import { isKnown } from "../src/views/steps/em.ts";
import { firstRound } from "../src/views/steps/first_round.ts";
import { asListed, keepsNumbers } from "../src/views/steps/listed.ts";
import { nudged, original, placed, textOf } from "../src/views/steps/placing.ts";
import { decode, spotOf, withSpot } from "../src/views/steps/run.ts";
import { pageOf } from "../src/views/steps/saving.ts";
import * as starting from "../src/views/steps/starting.ts";
import { said, thinned } from "../src/views/steps/thinned.ts";
import { startSaid } from "../src/views/steps/words.ts";
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

test("keys go from point to point that is there, round both ends", () => {
  const one = edit.add(edit.remove(edit.none(run.points), 1), [5, 5]); // 0, 2 and 3 are there
  const from = [-1, 0, 1, 2, 3]; // none is chosen yet, and 1 was removed
  const after = (step: 1 | -1) => from.map((index) => edit.neighbour(one, index, step));
  assert.deepEqual(after(1), [0, 2, 2, 3, 0]);
  assert.deepEqual(after(-1), [3, 3, 0, 0, 2]);
  const bare = [0, 1, 2].reduce(edit.remove, edit.none(run.points));
  assert.equal(edit.neighbour(bare, 0, 1), -1);
});

test("points are as before when nothing is changed, or all of it undone", () => {
  const begun = edit.none(run.points);
  assert.ok(edit.isAsBefore(begun, run.points));
  for (const next of [edit.add(begun, [1, 1]), edit.remove(begun, 2), edit.put(begun, 0, [1, 1])]) {
    assert.ok(!edit.isAsBefore(next, run.points));
  }
  assert.ok(edit.isAsBefore(edit.undo(edit.remove(begun, 2)), run.points));
  assert.ok(edit.isAsBefore(edit.undo(edit.add(begun, [1, 1])), run.points));
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

test("a start is what a side shows: at a later step, at the start, in a preview", () => {
  const at = (h: number, preview = false) => [...starting.startAt(run, "kmeans", h, preview)];
  assert.deepEqual(at(2), [6, 4, 0, 0]);
  assert.deepEqual(at(0), [4, 2, 0, 0]); // numbers are those of the end
  assert.deepEqual(at(0, true), [0, 0, 3, 1]); // or of the list
  const three = starting.more(run.start, [7, 8]);
  assert.deepEqual([...three], [0, 0, 3, 1, 7, 8]);
  assert.deepEqual([...starting.less(three, 1)], [0, 0, 7, 8]);
  assert.match(starting.fullAt(3, 3, 30) ?? "", /3 points/);
  assert.match(starting.fullAt(30, 99, 30) ?? "", /30/);
  assert.equal(starting.fullAt(3, 4, 30), null);
  assert.equal(starting.lastOne(2), null);
});

// Three points at 0, 1 and 4 on a line; as the fits see it, the plot's unit is two of theirs.
const fitted = {
  d: 2,
  mean: [0, 0],
  back: [2, 0, 0, 2],
  forth: [0.5, 0, 0, 0.5],
  points: null,
  covariance_type: "spherical",
  reg_covar: 1e-6,
};

test("under the hand a start leads to its first regions, shapes and shares", () => {
  const held = firstRound({ ...run, fitted }, new Float32Array([0, 0, 3, 0]));
  assert.deepEqual([...held.kmeans.labels], [0, 0, 1]);
  assert.equal(held.kmeans.objective[1], 4 + 4);
  assert.deepEqual(
    [...held.gmm.means].map((v) => Math.round(v * 1e5) / 1e5),
    [0.5, 0, 4, 0],
  );
  assert.deepEqual([...held.gmm.first.subarray(3)], [0, 0, 1]);
  assert.match(startSaid(held, "kmeans"), /the inertia is 8\.000\.$/);
  assert.ok(keepsNumbers(held) && !keepsNumbers(run));
  const many = firstRound({ ...run, fitted: null }, new Float32Array([0, 0, 3, 0, 1, 1]));
  assert.equal(many.k, 3);
  assert.equal(startSaid(many, "gmm"), "The picture follows when you let go.");
});

test("of very many points a hand drags so many, each as it is among all, and it is said", () => {
  const n = 2 * live.mostPoints + 5;
  const points = Float32Array.from({ length: 2 * n }, (_, i) => i);
  const all = { ...run, n, points, rows: Int32Array.from({ length: n }, (_, i) => i), fitted };
  const few = thinned(all);
  assert.equal(few.n, live.mostPoints);
  assert.equal(thinned(all), few, "made once");
  assert.equal(new Set(few.rows).size, few.n);
  few.rows.forEach((row, i) => {
    assert.deepEqual(spotOf(few.points, i), spotOf(points, row));
  });
  const start = new Float32Array([0, 0, 4000, 4000]);
  const [part, whole] = [firstRound(few, start), firstRound(all, start)];
  assert.ok([...few.rows].every((row, i) => part.kmeans.labels[i] === whole.kmeans.labels[row]));
  assert.match(said(all) ?? "", /2,000 of the 4,005 points/);
  assert.equal(thinned(run), run);
  assert.equal(said(run), null);
});

test("in the numbers of the list, components have the list's colours", () => {
  assert.deepEqual(asListed(run, "kmeans").rgb, [run.rgb[1], run.rgb[0]]);
  assert.equal(asListed(run, "kmeans"), asListed(run, "kmeans"));
});

test("every covariance type has its M-step here, too", () => {
  assert.deepEqual(
    settings.cov.options.filter((kind) => !isKnown(kind)),
    [],
  );
});
