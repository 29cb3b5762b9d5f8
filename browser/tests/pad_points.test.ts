import assert from "node:assert/strict";
import { test } from "node:test";
import { drawing } from "../src/contract.ts";
import {
  changed,
  committed,
  EMPTY,
  erased,
  inside,
  isFull,
  joined,
  moved,
  nearest,
  neighbour,
  type Pad,
  pointAt,
  redone,
  remembered,
  undone,
  withoutSelected,
} from "../src/parts/pad/points.ts";

const drawn = (...places: [number, number][]): Pad =>
  places.reduce(
    (pad, place) => committed(pad, joined(pad, [pointAt(place, "")]), pad.points.length),
    EMPTY,
  );
const sure = <T>(value: T | null): T => {
  assert.ok(value !== null);
  return value;
};

test("a coordinate stays on the pad and has three decimals", () => {
  assert.deepEqual([-1, 0.12345, 3.9996, 11].map(inside), [0, 0.123, 4, drawing.side]);
  assert.deepEqual(pointAt([-2, 5.55555], "B"), [0, 5.556, "B"]);
});

test("undo goes back through every step, redo forward again", () => {
  const steps = [drawn(), drawn([1, 1]), drawn([1, 1], [2, 2]), drawn([1, 1], [2, 2], [3, 3])];
  let pad = steps[3] as Pad;
  for (const step of [2, 1, 0]) {
    pad = sure(undone(pad));
    assert.deepEqual(pad.points, steps[step]?.points);
  }
  assert.equal(undone(pad), null);
  for (const step of [1, 2, 3]) {
    pad = sure(redone(pad));
    assert.deepEqual(pad.points, steps[step]?.points);
  }
  assert.equal(redone(pad), null);
});

test("another step after an undo leaves nothing to redo", () => {
  const back = sure(undone(drawn([1, 1], [2, 2])));
  const other = committed(back, joined(back, [pointAt([9, 9], "")]));
  assert.equal(redone(other), null);
  assert.deepEqual(sure(undone(other)).points, back.points);
});

test("a stroke of many changes is one step back", () => {
  const before = drawn([1, 1]);
  const first = changed(before, joined(before, [pointAt([2, 2], "")]));
  const second = changed(first, joined(first, [pointAt([3, 3], "")]));
  const after = remembered(second, before.points);
  assert.equal(after.points.length, 3);
  assert.deepEqual(sure(undone(after)).points, before.points);
});

test("the way back is bounded", () => {
  let pad = EMPTY;
  for (let i = 0; i < 500; i += 1) {
    pad = committed(pad, [pointAt([i / 100, 0], "")]);
  }
  assert.equal(pad.past.length, 201);
  assert.deepEqual(pad.past.at(-1), [[4.98, 0, ""]]);
});

test("what is selected is always a point that is there", () => {
  const three = drawn([1, 1], [2, 2], [3, 3]);
  assert.equal(three.selected, 2);
  const fewer = committed(three, withoutSelected(three));
  assert.deepEqual([fewer.points.length, fewer.selected], [2, 1]);
  assert.equal(committed(three, []).selected, -1);
  assert.equal(sure(undone(three)).selected, 1);
});

test("selecting goes round in both ways", () => {
  const three = drawn([1, 1], [2, 2], [3, 3]);
  const at = (selected: number, step: 1 | -1) => neighbour({ ...three, selected }, step);
  assert.deepEqual([at(-1, 1), at(0, 1), at(2, 1)], [0, 1, 0]);
  assert.deepEqual([at(-1, -1), at(0, -1), at(2, -1)], [2, 2, 1]);
  assert.equal(neighbour(EMPTY, 1), -1);
});

test("the nearest point counts only within reach", () => {
  const { points } = drawn([1, 1], [2, 1], [8, 8]);
  assert.equal(nearest(points, [1.6, 1], 0.5), 1);
  assert.equal(nearest(points, [5, 5], 0.5), -1);
});

test("a moved point keeps its group, and the others stay", () => {
  const pad = { ...EMPTY, points: [pointAt([1, 1], "A"), pointAt([2, 2], "B")], selected: 1 };
  assert.deepEqual(moved(pad, [12, 3]), [
    [1, 1, "A"],
    [10, 3, "B"],
  ]);
});

test("the eraser takes what is within reach", () => {
  const { points } = drawn([1, 1], [1.2, 1], [4, 4]);
  assert.deepEqual(erased(points, [1, 1], 0.25), [[4, 4, ""]]);
});

test("a drawing never has more points than it may", () => {
  const many = Array.from({ length: drawing.mostPoints + 5 }, () => pointAt([1, 1], ""));
  const pad = committed(EMPTY, joined(EMPTY, many));
  assert.equal(pad.points.length, drawing.mostPoints);
  assert.ok(isFull(pad));
  assert.equal(joined(pad, [pointAt([2, 2], "")]).length, drawing.mostPoints);
});
