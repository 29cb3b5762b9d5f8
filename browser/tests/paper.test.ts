// How small a view becomes on paper.

import assert from "node:assert/strict";
import { test } from "node:test";

import { scaleOf } from "../src/parts/shell/paper.ts";

test("a view is never larger than on the screen, nor wider than the paper", () => {
  for (const width of [300, 690, 979, 1108, 1588]) {
    for (const height of [200, 670, 900, 2400]) {
      const scale = scaleOf(width, height);
      assert.ok(scale > 0.4 && scale <= 1);
      assert.ok(width * scale <= 979.001);
    }
  }
});

test("what nearly fits one sheet is made to; what is far longer is not made smaller for it", () => {
  assert.equal(scaleOf(690, 670), 1);
  assert.ok(Math.abs(850 * scaleOf(690, 850) - 670) < 1e-9);
  assert.equal(scaleOf(690, 2400), 1);
});
