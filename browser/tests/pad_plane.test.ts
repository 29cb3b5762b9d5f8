import assert from "node:assert/strict";
import { test } from "node:test";
import { planeOf } from "../src/parts/pad/plane.ts";

test("a place on the canvas and a point of the pad are each other's inverse", () => {
  const plane = planeOf(452);
  assert.deepEqual([plane.x(0), plane.y(0), plane.x(10), plane.y(10)], [26, 426, 426, 26]);
  for (const [x, y] of [
    [0, 0],
    [2.5, 7],
    [10, 10],
  ] as const) {
    const [backX, backY] = plane.place(plane.x(x), plane.y(y));
    assert.ok(Math.abs(backX - x) < 1e-9 && Math.abs(backY - y) < 1e-9);
  }
});
