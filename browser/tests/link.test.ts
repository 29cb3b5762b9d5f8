import assert from "node:assert/strict";
import { test } from "node:test";
import { listed, listItem, toQuery } from "../src/kernel/link.ts";

test("items of a list keep commas and percent signs apart from what separates them", () => {
  const names = ["a,b", "50%", "%2C", "", "é"];
  const written = new URLSearchParams(toQuery({ cols: names }).slice(1)).get("cols") ?? "";
  assert.deepEqual(written.split(",").map(decodeURIComponent), names);
  assert.equal(listItem("plain"), "plain");
});

test("what is missing is written as nothing", () => {
  assert.equal(toQuery({ k: null, label: undefined, n: 0, cols: [] }), "?k=&label=&n=0&cols=");
});

test("a list is the same as such and as it stands in a link", () => {
  assert.deepEqual(listed(["k", "cov"]), ["k", "cov"]);
  assert.deepEqual(listed("k,cov"), ["k", "cov"]);
  assert.deepEqual(listed(""), []);
  assert.deepEqual(listed(undefined), []);
});
