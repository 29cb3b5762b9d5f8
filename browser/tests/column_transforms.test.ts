import assert from "node:assert/strict";
import { test } from "node:test";
import {
  columnOf,
  kindOf,
  transforms,
  withTransform,
  written,
} from "../src/parts/panel/column_transforms.ts";

const ODD = ["log:price, net", "sqrt:share %", "asinh:a:b", "log:50%2C"];

test("names with commas, colons and percent signs survive the link", () => {
  assert.deepEqual(transforms(written(ODD)), ODD);
  assert.equal(written(ODD.slice(0, 2)), "log:price%2C net,sqrt:share %25");
});

test("a state has them as a list, as text, or not at all", () => {
  assert.deepEqual(transforms(ODD), ODD);
  assert.deepEqual(transforms(""), []);
  assert.deepEqual(transforms(undefined), []);
});

test("an item is a kind and the name of a column, which may have a colon", () => {
  assert.deepEqual([kindOf("asinh:a:b"), columnOf("asinh:a:b")], ["asinh", "a:b"]);
});

test("a column has one transform or none", () => {
  assert.deepEqual(withTransform(["log:a", "sqrt:b"], "a", "none"), ["sqrt:b", "none:a"]);
  assert.deepEqual(withTransform(["log:a", "sqrt:b"], "a", ""), ["sqrt:b"]);
  assert.deepEqual(withTransform([], "a", "log"), ["log:a"]);
});
