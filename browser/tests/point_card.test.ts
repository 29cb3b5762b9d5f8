import assert from "node:assert/strict";
import { test } from "node:test";
import { fileName } from "../src/parts/export/pictures.ts";
import { told } from "../src/parts/plots/hover.ts";
import { percent, spoken } from "../src/parts/plots/point_card.ts";
import { floats } from "./a_trace.ts";

test("numbers have five digits and a minus that is one", () => {
  assert.equal(spoken(-1.23456789), "−1.2346");
  assert.equal(spoken(120), "120");
});

test("shares near 0 and 1 are not rounded to them", () => {
  assert.equal(percent(0.004), "0.4 %");
  assert.equal(percent(0.9996), "100 %");
  assert.equal(percent(0.998), "99.8 %");
  assert.equal(percent(0.5), "50 %");
});

test("titles become names of files on every system", () => {
  assert.equal(fileName("Gaussian mixture: K = 3"), "gaussian-mixture-k-3");
  assert.equal(fileName("///"), "plot");
});

test("a row with gaps says what is known, and of the rest how far a standard deviation goes", () => {
  const gaps = {
    values: floats(7, 7, 5, 1.23456, -2.5, 9),
    low: floats(7, 7, 5, 1.23456, -3.1234, 9),
    high: floats(7, 7, 5, 1.23456, -1.75, 9),
  };
  assert.deepEqual(told(["a", "b", "c"], gaps, 1), [
    ["a", "1.2346"],
    ["b, expected", "−2.5 (−3.12 to −1.75)"],
    ["c", "9"],
  ]);
});
