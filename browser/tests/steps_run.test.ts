// Both runs as a value, and the moments in them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { type Shade, shadeOf } from "../src/views/steps/dots.ts";
import { centreAt, momentOf, phaseOf } from "../src/views/steps/moment.ts";
import { decode, inward, outward, type Run, spotOf, withSpot } from "../src/views/steps/run.ts";
import { aTrace } from "./a_trace.ts";

test("a decoded run has its arrays, its colours, and its lead", () => {
  const run = decode(aTrace());
  assert.deepEqual([...run.points], [0, 0, 1, 0, 4, 0]);
  assert.deepEqual(run.rgb[1], [0, 128, 255]);
  assert.deepEqual(run.grey, [16, 32, 48]);
  assert.equal(run.lead, 0);
  assert.equal(decode(aTrace({ seeding: [255, 0, 0, 9, 9, 255] })).lead, 2);
});

test("a place moved by hand makes another array", () => {
  const { points } = decode(aTrace());
  const other = withSpot(points, 1, [7, 8]);
  assert.deepEqual(spotOf(other, 1), [7, 8]);
  assert.deepEqual(spotOf(points, 1), [1, 0]);
});

test("inward undoes outward", () => {
  const run = decode(aTrace());
  assert.deepEqual(outward(run, [1, 2]), [11, 22]);
  assert.deepEqual(inward(run, outward(run, [1, 2])), [1, 2]);
});

// Lloyd's algorithm: start, assign, move, assign, ...; EM: start, E, M, E, ...
test("assignments colour from the half step that makes them", () => {
  const dealt = (side: "kmeans" | "gmm") => [0, 1, 2, 3, 4, 5].map((h) => momentOf(side, h).dealt);
  assert.deepEqual(dealt("kmeans"), [-1, 0, 0, 1, 1, 2]);
  assert.deepEqual(dealt("gmm"), [-1, 0, 0, 1, 1, 2]);
});

for (const side of ["kmeans", "gmm"] as const) {
  test(`${side}: points change in odd half steps alone, parameters in even ones`, () => {
    for (let h = 1; h < 12; h++) {
      const [moment, before] = [momentOf(side, h), momentOf(side, h - 1)];
      const assigns = Number(h % 2 === 1);
      assert.equal(Number(moment.odd), assigns);
      assert.equal(moment.dealt - before.dealt, assigns);
      assert.equal(moment.frame - before.frame, 1 - assigns);
    }
  });
}

test("a centre moves from where it starts, in the order of the end", () => {
  const run = decode(aTrace());
  assert.deepEqual(centreAt(run, "kmeans", -1, -1, 1, 0), [3, 1]); // number 1 starts as second
  assert.deepEqual(centreAt(run, "kmeans", 1, 0, 0, 0), [4, 2]);
  assert.deepEqual(centreAt(run, "kmeans", 1, 0, 0.5, 0), [5, 3]);
  assert.deepEqual(centreAt(run, "kmeans", 1, 0, 1, 0), [6, 4]);
});

test("phases have the names of each algorithm", () => {
  assert.equal(phaseOf("kmeans", -1, 4), "Choosing the start");
  assert.equal(phaseOf("gmm", 0, 4), "Start");
  assert.equal(phaseOf("kmeans", 1, 4), "Assign");
  assert.equal(phaseOf("gmm", 2, 4), "M-step");
  assert.equal(phaseOf("gmm", 3, 3), "E-step · end");
});

test("a point has the colours of its components by their shares", () => {
  const run: Run = decode(aTrace());
  const shade: Shade = [0, 0, 0, 0];
  const of = (side: "kmeans" | "gmm", dealt: number, i: number) => {
    shadeOf(run, side, dealt, i, shade);
    return [...shade];
  };
  assert.deepEqual(of("gmm", -1, 0), [16, 32, 48, 0.8]);
  assert.deepEqual(of("kmeans", 0, 2), [0, 128, 255, 1]);
  assert.deepEqual(of("gmm", 0, 0), [255, 0, 0, 1]);
  assert.deepEqual(of("gmm", 0, 1), [51, 102.4, 204, 0.8]);
});
