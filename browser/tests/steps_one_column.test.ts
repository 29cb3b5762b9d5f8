// One column in the player: cuts, curves, and centres that stand on one line.

import assert from "node:assert/strict";
import { test } from "node:test";
import { describedAt } from "../src/views/steps/described.ts";
import { firstRound } from "../src/views/steps/first_round.ts";
import { bellsAt, heightOf, intervals } from "../src/views/steps/one_column.ts";
import { nudged, textOf } from "../src/views/steps/placing.ts";
import { at, decode, inward, type Run, spotOf } from "../src/views/steps/run.ts";
import { aTrace, floats } from "./a_trace.ts";

const near = (one: number, other: number, off = 1e-9) =>
  assert.ok(Math.abs(one - other) < off * (1 + Math.abs(other)), `${one} is not ${other}`);

// Three values, 0, 1 and 4 in the plot's own units, less their origin at 10; heights begin at 0.
const HEIGHT = -0.5;
function aLine(): Run {
  return decode({
    ...aTrace(),
    origin: [10, 0],
    ranges: [
      [0, 20],
      [-1, 2],
    ],
    titles: ["x", "density"],
    metric: null,
    points: floats(0, -0.1, 1, -0.2, 4, -0.15),
    start: floats(0, HEIGHT, 3, HEIGHT),
    columns: null,
    line: { height: HEIGHT, edges: [0, 2, 4], heights: [0.33, 0.17] },
    fitted: {
      d: 1,
      mean: [0.5],
      back: [2, 0],
      forth: [0.5, 0],
      points: floats(0, 2, 8),
      covariance_type: "full",
      reg_covar: 0,
    },
    gmm: {
      ...aTrace().gmm,
      means: floats(0, HEIGHT, 4, HEIGHT),
      covariances: floats(4, 0, 0, 1, 0, 0),
    },
  });
}

test("intervals share out the line, each with its own centre nearest", () => {
  const centers = [3, 0, -2, 0, 7, 0, 3, 0]; // the last is on the spot of the first
  const found = intervals(centers, -10, 10);
  assert.deepEqual(
    found.map(({ j }) => j),
    [1, 0, 2],
  );
  assert.deepEqual(
    found.map(({ from, to }) => [from, to]),
    [
      [-10, 0.5],
      [0.5, 5],
      [5, 10],
    ],
  );
  for (const { j, from, to } of found) {
    for (const x of [from + 1e-6, (from + to) / 2, to - 1e-6]) {
      const away = (i: number) => Math.abs(x - at(centers, 2 * i));
      assert.ok([0, 1, 2].every((i) => away(j) <= away(i)));
    }
  }
  assert.deepEqual(intervals([4, 0], 0, 9), [{ j: 0, from: 0, to: 9 }]);
});

test("each curve holds its weight, and all of them the whole", () => {
  const bells = bellsAt(aLine(), 0, -1, 1);
  const step = 0.01;
  const areas = bells.map((bell) => {
    let area = 0;
    for (let x = -40; x < 40; x += step) {
      area += heightOf(bell, x) * step;
    }
    return area;
  });
  areas.forEach((area, j) => {
    near(area, bells[j]?.weight ?? Number.NaN, 1e-6);
  });
  near(areas[0] ?? 0, 0.5, 1e-6);
  assert.deepEqual(
    bells.map(({ deviation }) => deviation),
    [2, 1],
  );
});

test("curves without any before grow out of the axis, those of a start from its own", () => {
  const run = aLine();
  const [half] = bellsAt(run, 0, -1, 0.5);
  near(half?.weight ?? 0, 0.25);
  near(half?.deviation ?? 0, 2);
  near(bellsAt(run, 0, -1, 0)[0]?.weight ?? 1, 0);
  const shaped = { ...run, gmm: { ...run.gmm, shapes: new Float32Array([16, 0, 0, 9, 0, 0]) } };
  assert.deepEqual(
    bellsAt(shaped, -1, -1, 1).map(({ weight, deviation }) => [weight, deviation]),
    [
      [0.5, 4],
      [0.5, 3],
    ],
  );
  near(bellsAt(shaped, 0, -1, 0.5)[0]?.deviation ?? 0, Math.sqrt(10));
});

test("how high a centre is held means nothing, nor does an arrow up", () => {
  const run = aLine();
  assert.deepEqual(inward(run, [13, 7]), [3, HEIGHT]);
  assert.equal(nudged(run, 0, "ArrowUp", false), null);
  assert.equal(nudged(run, 0, "ArrowDown", true), null);
  near(nudged(run, 0, "ArrowRight", false)?.[0] ?? 0, 10.4);
  assert.equal(textOf(run), "10,0,13,0");
});

test("under a hand all that moves stays on its line, and is what EM makes of it", () => {
  const held = firstRound(aLine(), new Float32Array([0, HEIGHT, 3.5, HEIGHT]));
  assert.deepEqual([...held.kmeans.labels], [0, 0, 1]);
  assert.deepEqual(
    [spotOf(held.gmm.means, 0), spotOf(held.gmm.means, 1)].map(([, y]) => y),
    [HEIGHT, HEIGHT],
  );
  near(at(held.gmm.means, 0), 0.5, 1e-6); // of 0 and 1
  near(at(held.gmm.covariances, 0), 0.25, 1e-6);
  near(held.kmeans.objective[1] ?? 0, 0 + 4 + 1); // in the fitted space, twice as long
});

test("the picture is described along its one axis", () => {
  const shown = { centers: true, ellipses: true, plain: false };
  const said = describedAt(aLine(), "gmm", 2, shown);
  assert.match(said, /; x: 1 at 10, .*standard deviation 2\.0/);
  assert.doesNotMatch(said, /density|deviations|against|\(/);
});
