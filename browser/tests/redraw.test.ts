// What of a figure can be seen: an equal one is not drawn again.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Figure, Range } from "../src/kernel/plotly.ts";
import { pictureOf } from "../src/parts/plots/redraw.ts";

const figure = (range: Range, colour = "red", meta = {}): Figure => ({
  data: [{ x: [1, 2], marker: { color: colour } }],
  layout: { xaxis: { range }, meta },
});

test("what a figure says of itself, and the last bits of its axes, are not seen", () => {
  const seen = pictureOf(figure([-14.982267447218616, 13.4], "red", { k: 4 }));
  assert.equal(pictureOf(figure([-14.982267447218618, 13.4], "red", { k: 5 })), seen);
});

test("another colour, and axes that moved by a hundredth, are", () => {
  const seen = pictureOf(figure([-14.98, 13.4]));
  assert.notEqual(pictureOf(figure([-14.98, 13.4], "blue")), seen);
  assert.notEqual(pictureOf(figure([-14.99, 13.4])), seen);
});
