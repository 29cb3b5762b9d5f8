import assert from "node:assert/strict";
import { test } from "node:test";
import { EMPTY, type Points } from "../src/parts/pad/points.ts";
import { asChoice, asTable, counted, named } from "../src/parts/pad/text.ts";

const padOf = (points: Points, selected = -1) => ({ ...EMPTY, points, selected });

test("points are counted, groups in the order of their names", () => {
  assert.equal(counted(EMPTY), "0 points.");
  assert.equal(counted(padOf([[1, 2, ""]])), "1 point.");
  const mixed: Points = [
    [1, 2, "B"],
    [1, 2, ""],
    [1, 2, "A"],
    [1, 2, "B"],
  ];
  assert.equal(counted(padOf(mixed)), "4 points: 1 in group A, 2 in group B.");
  assert.equal(named(padOf(mixed, 0)), "1, 2 in group B");
  assert.equal(named(padOf(mixed, 1)), "1, 2");
});

test("without groups a drawing has two columns", () => {
  const points: Points = [
    [1, 2.5, ""],
    [0.1234, 10, ""],
  ];
  assert.equal(asTable(points), "x,y\n1.000,2.500\n0.123,10.000\n");
  assert.deepEqual(asChoice(points), { kind: "drawn", cols: ["x", "y"], label: null });
});

test("one point with a group gives every row one", () => {
  const points: Points = [
    [1, 2, ""],
    [3, 4, "C"],
  ];
  assert.equal(asTable(points), "x,y,group\n1.000,2.000,none\n3.000,4.000,C\n");
  assert.equal(asChoice(points).label, "group");
});
