// Which axes follow to a mixture that is opened.

import assert from "node:assert/strict";
import { test } from "node:test";
import { following } from "../src/parts/plots/axes.ts";

const OLD = { x: "DR1 (full, K = 4)", y: "DR2 (full, K = 4)" };

test("directions of one mixture become those of another, other axes stay", () => {
  const found = { x: "DR1 (diag, K = 3)", y: "DR2 (diag, K = 3)" };
  assert.deepEqual(following(OLD, { cov: "diag", k: 3 }), found);
  assert.equal(following({ ...OLD, y: "alcohol" }, { cov: "diag", k: 3 }), null);
  assert.equal(following({ x: "", y: "" }, { cov: "diag", k: 3 }), null);
  assert.equal(following(OLD, { cov: "diag", k: 1 }), null);
  assert.equal(following(OLD, { cov: "equal", k: 3 }), null);
});
