// The names of groups as a link has them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inLink, named, usable, written } from "../src/views/compare/group_names.ts";

test("names come back from a link as they were written, in the order of their numbers", () => {
  const names = new Map([
    [12, "50 %, or so"],
    [3, "<b>heavy</b>: a:b"],
    [5, ""],
  ]);
  const list = written(names);
  assert.equal(list, "3:<b>heavy</b>: a:b,12:50 %25%2C or so");
  names.delete(5);
  assert.deepEqual([...named(list)].sort(), [...names].sort());
  assert.deepEqual([...named(["3:a,b"])], [[3, "a,b"]]);
  assert.equal(named("").size + named(null).size + named([]).size, 0);
});

test("a name is one line of bounded length, and its room in a link is counted", () => {
  assert.equal(usable("  a\n\tb\u0000c  "), "a b c");
  assert.equal(usable("x".repeat(99)).length, 40);
  assert.equal(inLink("1:a b"), "1%3Aa+b".length);
});
