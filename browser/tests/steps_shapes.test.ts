// Ellipses, regions and the map from plot to pixels.

import assert from "node:assert/strict";
import { test } from "node:test";
import { covarianceAt, ellipseOf } from "../src/views/steps/ellipses.ts";
import { fitted } from "../src/views/steps/plain_axes.ts";
import { cell, clip } from "../src/views/steps/regions.ts";
import { decode, type Run, type Spot } from "../src/views/steps/run.ts";
import { ticks } from "../src/views/steps/ticks.ts";
import { nearest, viewOf } from "../src/views/steps/view.ts";
import { aTrace } from "./a_trace.ts";

const near = (one: number, other: number) =>
  assert.ok(Math.abs(one - other) < 1e-9 * (1 + Math.abs(other)), `${one} is not ${other}`);
const SQUARE: Spot[] = [
  [0, 0],
  [4, 0],
  [4, 4],
  [0, 4],
];
const areaOf = (corners: readonly Spot[]): number =>
  corners.reduce((sum, [x, y], i) => {
    const [u, v] = corners[(i + 1) % corners.length] ?? [x, y];
    return sum + (x * v - u * y) / 2;
  }, 0);

test("an ellipse is the covariance's, stretched and turned as a canvas has it", () => {
  for (const [xx, xy, yy] of [
    [4, 0, 1],
    [2, 1.5, 3],
    [1, -0.4, 0.5],
  ] as const) {
    const [ax, ay] = [3, 2];
    const { large, small, angle } = ellipseOf([xx, xy, yy], ax, ay);
    const [c, s] = [Math.cos(angle), Math.sin(angle)];
    // Put together again, its axes are the covariance in pixels, whose y points down.
    near(large ** 2 * c * c + small ** 2 * s * s, xx * ax * ax);
    near(large ** 2 * s * s + small ** 2 * c * c, yy * ay * ay);
    near((large ** 2 - small ** 2) * c * s, -xy * ax * ay);
  }
});

test("a shape grows out of nothing, or out of that of the start", () => {
  const covariances = new Float32Array([4, 1, 2]);
  const at = (shapes: Float32Array | null, t: number) =>
    covarianceAt({ k: 1, gmm: { covariances, shapes } as Run["gmm"] }, t < 0 ? -1 : 0, -1, t, 0);
  assert.deepEqual(at(null, 0.5), [2, 0.5, 1]);
  const shapes = new Float32Array([8, -1, 4]);
  assert.deepEqual(at(shapes, 0.5), [6, 0, 3]);
  assert.deepEqual(at(shapes, -1), [8, -1, 4], "the start itself");
});

test("cells share out the plot, each with its own centre nearest", () => {
  const centers = [1, 1, 3, 1, 2, 3.5];
  const metric = [2, 0.5, 1] as const;
  const far = (ax: number, ay: number) =>
    metric[0] * ax * ax + 2 * metric[1] * ax * ay + metric[2] * ay * ay;
  let area = 0;
  for (let j = 0; j < 3; j++) {
    const corners = cell(SQUARE, centers, j, metric);
    area += areaOf(corners);
    for (const [x, y] of corners) {
      const distance = (i: number) => far(x - (centers[2 * i] ?? 0), y - (centers[2 * i + 1] ?? 0));
      assert.ok(distance(j) <= Math.min(distance(0), distance(1), distance(2)) + 1e-9);
    }
  }
  near(area, 16);
});

test("centres on one spot have one cell together", () => {
  assert.deepEqual(cell(SQUARE, [1, 1, 1, 1], 0, [1, 0, 1]), SQUARE);
});

test("clipping keeps what is inside, cuts what is not, and leaves nothing of what is outside", () => {
  near(areaOf(clip(SQUARE, ([x]) => x - 1)), 4);
  assert.deepEqual(
    clip(SQUARE, () => -1),
    SQUARE,
  );
  assert.deepEqual(
    clip(SQUARE, () => 1),
    [],
  );
});

test("a view's pixels lead back to the plot, and know their plot area", () => {
  const run = decode(aTrace());
  const area = { left: 50, top: 10, width: 200, height: 100 };
  const view = viewOf(run, area, [0, 20], [10, 30], "sans-serif");
  const [x, y] = view.plot(view.px(1.5), view.py(-2.5)); // less the origin in, plot out
  near(x, 11.5);
  near(y, 17.5);
  assert.deepEqual(view.corners()[0], [-10, -10]);
  assert.ok(view.holds(50, 110) && !view.holds(49, 110) && !view.holds(50, 111));
  const spots: Spot[] = [
    [0, 0],
    [1, 0],
  ];
  const found = (px: number) => nearest(view, 2, (i) => spots[i] ?? [0, 0], [px, view.py(0)], 9);
  assert.equal(found(view.px(0.8)), 1);
  assert.equal(found(view.px(0) - 9), null);
});

test("a saved picture keeps the proportions of its axes and shows all of the ranges", () => {
  const area = { left: 0, top: 0, width: 400, height: 100 };
  const [x, y] = fitted(
    [
      [0, 10],
      [0, 10],
    ],
    2,
    area,
  );
  near(100 / (y[1] - y[0]) / 2, 400 / (x[1] - x[0]));
  assert.ok(x[0] <= 0 && x[1] >= 10 && y[0] <= 0 && y[1] >= 10);
});

test("ticks are round and within their range", () => {
  const { values, text } = ticks(-0.31, 0.85, 6);
  assert.deepEqual(values.map(text), ["−0.2", "0.0", "0.2", "0.4", "0.6", "0.8"]);
  assert.equal(ticks(0, 2e7, 4).text(1e7), "1.0e+7");
});
