import assert from "node:assert/strict";
import { test } from "node:test";
import { continues } from "../src/parts/files/open_table.ts";

const state = { data: "upload", cols: ["a", "b, c"], label: "kind" };

test("a table goes on when it has every column that was chosen", () => {
  assert.equal(continues("upload", ["a", "b, c", "kind", "more"], state), true);
  assert.equal(continues("upload", ["a", "kind", "b"], state), false);
  assert.equal(continues("upload", ["a", "b, c"], state), false); // no groups any more
});

test("the label alone is a choice, too", () => {
  const labelled = { ...state, cols: [] };
  assert.equal(continues("upload", ["kind", "x"], labelled), true);
  assert.equal(continues("upload", ["x"], labelled), false);
});

test("nothing goes on for another data set, or where nothing was chosen", () => {
  assert.equal(continues("drawn", ["a", "b, c", "kind"], state), false);
  assert.equal(continues("upload", ["a"], { data: "upload", cols: [], label: "" }), false);
});
