// The settings of a pinned result as a link has them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { pinOf } from "../src/views/compare/pins.ts";

test("a pin has every setting that may differ, lists within the list escaped", () => {
  const pinned = pinOf({ k: 3, cov: "tied", cols: ["a,b", "50 %"], transform: "log:a,sqrt:c" });
  const items = pinned.split(",");
  assert.equal(items[0], "cols:a%252Cb%2C50 %2525");
  assert.ok(items.includes("k:3"));
  assert.ok(items.includes("cov:tied"));
  assert.ok(items.includes("transform:log:a%2Csqrt:c"));
});
