import assert from "node:assert/strict";
import { test } from "node:test";
import { type ClassQuestion, type ClassTally, classes, teaching } from "../src/contract.ts";
import { fromQuery, toQuery } from "../src/kernel/link.ts";
import { Reach } from "../src/parts/classroom/reach.ts";
import { dots } from "../src/parts/classroom/strip.ts";
import { bars } from "../src/parts/classroom/tally.ts";
import { chosenFor } from "../src/parts/shell/teach.ts";

const ASKED: ClassQuestion = {
  kind: classes.number,
  prompt: "Which K?",
  options: ["left", "right"],
  x: [0, 100],
  y: [0, 1],
  whole: false,
  base: "",
};

test("a state comes back from its link, each value of its type", () => {
  const defaults = { k: 4, data: "blobs", show: ["a"], cols: [], step: "last" };
  const there = { k: 7, data: "moons", show: ["a,b", "c%2C"], cols: ["x"], step: "12" };
  assert.deepEqual(fromQuery(toQuery(there), { ...defaults }, defaults), there);
  assert.deepEqual(fromQuery("?k=&show=", { ...there }, defaults), { ...there, k: "", show: [] });
  assert.deepEqual(fromQuery("?other=1", { ...there }, defaults), there);
});

test("each start has a dot, the best and one's own say so, and none leaves the strip", () => {
  const ends = Array.from({ length: 200 }, (_, i) => [i % 3 ? 53.25 : 60 + (i % 7), i % 2]);
  for (const lower of [true, false]) {
    const drawn = dots(ends, lower, 53.25);
    assert.equal(drawn.length, ends.length);
    assert.equal(drawn.filter(({ kind }) => kind.includes("mine")).length, 1);
    const best = lower ? 53.25 : 66;
    const wanted = ends.filter(([value]) => value === best).length;
    assert.equal(drawn.filter(({ kind }) => kind.startsWith("best")).length, wanted);
    assert.ok(drawn.every(({ x, y, r }) => x >= r && x <= 400 - r && y >= r && y <= 64 - r));
    const places = new Set(drawn.map(({ x, y }) => `${x}|${y}`));
    assert.equal(places.size, drawn.length);
  }
  assert.equal(dots([[3, 0]], true, null)[0]?.kind, "best");
});

test("each option has a bar, also one that nobody chose; each answer is in one bar", () => {
  assert.deepEqual(bars(ASKED, { n: 3, counts: [0, 3] }), [
    { label: "left", count: 0 },
    { label: "right", count: 3 },
  ]);
  const total = (tally: ClassTally): number =>
    bars(ASKED, tally).reduce((sum, { count }) => sum + count, 0);
  const values = Array.from({ length: 90 }, (_, i) => [i / 3, 1 + (i % 2)]);
  assert.equal(total({ n: 135, values }), 135);
  assert.equal(bars(ASKED, { n: 135, values }).length, 12);
  assert.deepEqual(bars(ASKED, { n: 2, values: [[4, 2]] }), [{ label: "4", count: 2 }]);
});

test("a usual choice locks what is not free, and hides what it hides", () => {
  const { k, quiz, free } = teaching.presets;
  assert.equal(chosenFor("k", k), "show");
  assert.equal(chosenFor("cov", k), "lock");
  assert.equal(chosenFor("scores", k), "show");
  assert.equal(chosenFor("scores", quiz), "hide");
  assert.equal(chosenFor("cov", free), "show");
});

test("a poll that is lost is no news, three on end are, and so is the next answer", () => {
  const said: boolean[] = [];
  const reach = new Reach(() => said.push(reach.isLost));
  for (const lost of [true, true, false, true, true, true, true, false, false]) {
    reach.tell(lost);
  }
  assert.deepEqual(said, [true, false]);
});
