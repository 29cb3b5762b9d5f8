import assert from "node:assert/strict";
import { test } from "node:test";
import { fitted, type Range, ticksOf } from "../src/views/first/ranges.ts";

const asked = (range: Range) => ({ range, title: "x" });
const texts = (range: Range, length = 400, apart = 80) =>
  ticksOf(asked(range), range, length, apart).map(([, text]) => text);

test("ticks are 1, 2 or 5 times a power of ten apart, and inside", () => {
  assert.deepEqual(texts([-7.2, 1.1], 450), ["−6", "−4", "−2", "0"]);
  assert.deepEqual(texts([0, 0.05]), ["0.00", "0.01", "0.02", "0.03", "0.04", "0.05"]);
  for (const range of [
    [0.3, 17],
    [-3e5, 4e6],
    [1e-4, 9e-4],
  ] as Range[]) {
    const found = ticksOf(asked(range), range, 400, 60);
    assert.ok(found.length >= 2 && found.length <= 10, String(range));
    assert.ok(found.every(([at]) => at >= range[0] && at <= range[1]));
    const step = (found[1]?.[0] ?? 0) - (found[0]?.[0] ?? 0);
    const leading = Number((step / 10 ** Math.floor(Math.log10(step) + 1e-9)).toFixed(6));
    assert.ok([1, 2, 5, 10].includes(leading), String(step));
  }
});

test("given ticks are those in sight", () => {
  const axis = {
    ...asked([0, 10]),
    ticks: [
      [1, "a"],
      [20, "b"],
    ] as const,
  };
  assert.deepEqual(ticksOf(axis, [0, 10], 400, 80), [[1, "a"]]);
});

test("with one scale, one axis shows more than it asked for, around the same middle", () => {
  const [x, y] = fitted([0, 10], [0, 10], 800, 400, 1);
  assert.deepEqual(y, [0, 10]);
  assert.deepEqual(x, [-5, 15]);
  assert.deepEqual(fitted([0, 1], [0, 9], 800, 400, undefined), [
    [0, 1],
    [0, 9],
  ]);
});
