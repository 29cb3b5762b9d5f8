// Compare under a hand: what is asked for and shown while a hand moves, and what is drawn.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as later } from "node:timers/promises";
import { holding } from "../src/parts/live/axes.ts";
import { around, valueAt } from "../src/parts/live/hand.ts";
import { type Found, seeker, type Wish } from "../src/parts/live/seeker.ts";
import { placeOf, square } from "../src/views/compare/place.ts";
import { corners, draw, type LiveTrace, type Pen } from "../src/views/compare/traces.ts";

const BASE = "settings";
const wish = (value: number, base = BASE): Wish => ({ key: "k", base, value });

// A server whose answers come when the test says so.
function aServer() {
  const asked: Wish["value"][] = [];
  const shown: string[] = [];
  const waiting: ((found: Found<string>) => void)[] = [];
  const clock = { now: 0 };
  const { want, guess, answered, stop } = seeker<string>({
    ask: ({ value }) => {
      asked.push(value);
      return new Promise((resolve) => waiting.push(resolve));
    },
    show: ({ value }, found) => shown.push(`${value}:${found}`),
    pause: async () => undefined,
    now: () => clock.now,
  });
  const answer = async (found: Found<string>) => {
    waiting.shift()?.(found);
    await later();
  };
  const answerLast = async (found: Found<string>) => {
    waiting.pop()?.(found);
    await later();
  };
  return { asked, shown, clock, want, guess, answered, stop, answer, answerLast };
}

test("two questions at a time, then the newest wish; what came on the way is seen", async () => {
  const { asked, shown, want, answer } = aServer();
  for (const k of [5, 6, 7, 8]) {
    want(wish(k));
  }
  assert.deepEqual(asked, [5, 6]);
  await answer("five");
  assert.deepEqual(asked, [5, 6, 8], "nobody wants 7 any more");
  await answer("six");
  await answer("eight");
  assert.deepEqual(asked, [5, 6, 8]);
  assert.deepEqual(shown, ["5:five", "6:six", "8:eight"]);
  want(wish(5));
  assert.deepEqual(shown.at(-1), "5:five", "remembered, so there at once");
  assert.deepEqual(asked, [5, 6, 8]);
});

test("what was asked first and comes last is not shown on the way", async () => {
  const { shown, want, answer, answerLast } = aServer();
  for (const k of [5, 6, 8]) {
    want(wish(k));
  }
  await answerLast("six");
  await answer("five");
  assert.deepEqual(shown, ["6:six"], "the hand has gone on from there");
  await answer("eight");
  assert.deepEqual(shown, ["6:six", "8:eight"]);
});

test("a server with room for one question is asked one by one, and that is no refusal", async () => {
  const { asked, shown, want, answer, answerLast } = aServer();
  want(wish(5));
  want(wish(6));
  await answerLast(undefined);
  want(wish(7));
  assert.deepEqual(asked, [5, 6], "until the other has come");
  await answer("five");
  want(wish(8));
  assert.deepEqual(asked, [5, 6, 7]);
  await answer("seven");
  await answer("eight");
  assert.deepEqual(asked, [5, 6, 7, 8]);
  assert.deepEqual(shown, ["5:five", "7:seven", "8:eight"]);
});

test("what comes late does not take the place of what is wanted and seen", async () => {
  const { shown, want, answer } = aServer();
  want(wish(5));
  await answer("five");
  want(wish(6));
  want(wish(5));
  await answer("six");
  assert.deepEqual(shown, ["5:five", "5:five"]);
  want(wish(7, "other settings"));
  want(wish(5));
  await answer("seven");
  assert.deepEqual(shown.at(-1), "5:five", "nor what belongs to other settings");
});

test("what cannot be shown is not asked for again, and nothing is after the end", async () => {
  const { asked, shown, want, stop, answer } = aServer();
  want(wish(5));
  await answer(null);
  want(wish(5));
  assert.deepEqual([asked, shown], [[5], []]);
  want(wish(6));
  stop();
  await answer("six");
  assert.deepEqual([asked, shown], [[5, 6], []]);
});

test("after three refusals in a row nothing is asked for half a minute", async () => {
  const { asked, shown, clock, want, answer } = aServer();
  want(wish(5));
  await answer(undefined);
  await answer(undefined);
  await answer(undefined);
  assert.deepEqual(asked, [5, 5, 5]);
  want(wish(6));
  assert.equal(asked.length, 3);
  clock.now = 30_000;
  want(wish(6));
  await answer("six");
  assert.deepEqual(shown, ["6:six"]);
});

test("while a hand rests, what it may want next is asked for, and not shown until it is", async () => {
  const { asked, shown, want, guess, answer } = aServer();
  want(wish(5));
  guess([wish(6), wish(4)]);
  await answer("five");
  assert.deepEqual(asked, [5, 6]);
  want(wish(9));
  await answer("six");
  assert.deepEqual([asked, shown], [[5, 6, 9], ["5:five"]], "a wish goes first");
  await answer("nine");
  assert.deepEqual(asked, [5, 6, 9, 4]);
  want(wish(6));
  assert.deepEqual(shown.at(-1), "6:six", "there at once");
});

test("who asks for the same fits waits for what is wanted: until it has come, or does not", async () => {
  const { want, answered, stop, answer } = aServer();
  const over: string[] = [];
  const waits = (name: string) => void answered()?.then(() => over.push(name));
  assert.equal(answered(), null, "nothing is under way");
  want(wish(5));
  want(wish(6));
  waits("six");
  await answer("five");
  assert.deepEqual(over, [], "five is wanted no more");
  await answer("six");
  assert.deepEqual(over, ["six"]);
  assert.equal(answered(), null, "it has come");
  want(wish(7));
  waits("refused");
  await answer(undefined);
  assert.deepEqual(over, ["six", "refused"]);
  waits("stopped");
  stop();
  await later();
  assert.deepEqual(over, ["six", "refused", "stopped"]);
});

test("a guess gives way: to a refusal, and to a server that takes its time", async () => {
  const { asked, clock, want, guess, answer } = aServer();
  guess([wish(6), wish(4)]);
  assert.deepEqual(asked, [], "nobody knows yet how long it takes");
  want(wish(3));
  await answer("three");
  await answer(undefined);
  assert.deepEqual(asked, [3, 6]);
  want(wish(5));
  clock.now = 121;
  guess([wish(6), wish(4)]);
  await answer("five");
  assert.deepEqual(asked, [3, 6, 5]);
  want(wish(7));
  await answer("seven");
  assert.deepEqual(asked, [3, 6, 5, 7, 6], "quick again");
});

test("a mouse that only comes may find out how long an answer takes", async () => {
  const { asked, shown, clock, want, guess, answer } = aServer();
  guess([wish(6), wish(4), wish(7)], true);
  await answer("six");
  assert.deepEqual(asked, [6, 4], "it was quick");
  clock.now = 121;
  await answer("four");
  assert.deepEqual(asked, [6, 4], "and then it was not");
  guess([wish(7), wish(8)], true);
  clock.now = 242;
  await answer("seven");
  assert.deepEqual(asked, [6, 4, 7], "then no further than the first");
  guess([wish(8)]);
  assert.deepEqual(asked, [6, 4, 7], "and none beside a wish");
  want(wish(6));
  assert.deepEqual(shown, ["6:six"], "there at once");
});

test("the values around a slider's own are the nearest, and within its bounds", () => {
  assert.deepEqual(around(5, 1, 1, 30), [6, 4, 7, 3, 8, 2]);
  assert.deepEqual(around(5, 1, 1, 30, true), [4, 6, 3, 7, 2, 8], "a hand that goes down");
  assert.deepEqual(around(0.1, 0.05, 0.05, 2), [0.15, 0.05, 0.2, 0.25]);
});

test("a mouse beside the thumb is over the value that a press would set", () => {
  assert.equal(valueAt(0.49, 1, 1, 30), 15);
  assert.equal(valueAt(-0.1, 1, 1, 30), 1);
  assert.equal(valueAt(0.391, 0.05, 0.05, 3), 1.2);
  assert.equal(valueAt(1.2, 0.05, 0.05, 3), 3);
});

test("a range grows where something would leave it, with room to spare, and never shrinks", () => {
  assert.deepEqual(holding([0, 10], [2, 8]), [0, 10]);
  assert.deepEqual(holding([0, 10], [-10, 10]), [-13, 10]);
  assert.deepEqual(holding([0, 10], [0, 20]), [0, 23]);
});

test("old answers make room for new ones", async () => {
  const { asked, want, answer } = aServer();
  for (let k = 0; k < 91; k++) {
    want(wish(k));
    await answer(String(k));
  }
  want(wish(90));
  assert.equal(asked.length, 91);
  want(wish(0));
  assert.equal(asked.length, 92);
});

const packed = (array: Float32Array | Int32Array) => ({
  bdata: Buffer.from(array.buffer).toString("base64"),
});
const floats = (...values: number[]) => packed(new Float32Array(values));

// A pen that notes where it draws, and how.
function aPen(): { pen: Pen; notes: string[] } {
  const notes: string[] = [];
  const state: Record<string, unknown> = {};
  const pen = new Proxy(state, {
    get: (_, name) => {
      if (name in state) {
        return state[String(name)];
      }
      return (...values: unknown[]) => {
        const look = name === "fill" ? [state.fillStyle, state.globalAlpha] : [];
        notes.push([String(name), ...values, ...look].join(" "));
      };
    },
  });
  return { pen: pen as unknown as Pen, notes };
}

const axes = {
  x: { range: [0, 10] as [number, number], offset: 50, length: 200 },
  y: { range: [-1, 1] as [number, number], offset: 20, length: 100 },
};

test("values lie where Plotly's axes have them", () => {
  const place = placeOf(axes);
  assert.deepEqual([place.px(0), place.px(10), place.py(1), place.py(-1)], [50, 250, 20, 120]);
});

test("an outline begins at one half axis and passes the other", () => {
  const found = corners([1, 2, 3, 0, 0, 4]);
  assert.equal(found.length, 64);
  assert.deepEqual(found[0], [4, 2]);
  assert.ok(Math.hypot((found[16]?.[0] ?? 0) - 1, (found[16]?.[1] ?? 0) - 6) < 1e-12);
});

test("of one column each bar is a shape of its own, and a curve stands on the axis", () => {
  const gap = Number.NaN;
  const bars: LiveTrace = {
    mode: "lines",
    x: floats(0, 0, 1, gap, 5, 5, 10),
    y: floats(0, 1, 1, gap, 0, 1, 1),
    line: { color: "#888", width: 1 },
    fill: "toself",
    fillcolor: "#eee",
  };
  const { pen, notes } = aPen();
  draw(pen, [bars], { x: floats(), y: floats() }, placeOf(axes), "Inter");
  const moves = (from: string[]) => from.filter((note) => /^(moveTo|lineTo)/.test(note));
  const outlines = ["moveTo 50 70", "lineTo 50 20", "lineTo 70 20"];
  const second = ["moveTo 150 70", "lineTo 150 20", "lineTo 250 20"];
  const once = [...outlines, ...second];
  assert.deepEqual(moves(notes), [...once, ...once], "filled, then drawn");
  assert.ok(notes.includes("fill #eee "));
  const curve: LiveTrace = {
    mode: "lines",
    x: floats(0, 5, 10),
    y: floats(0.5, 1, 0.5),
    line: { color: "#00f", width: 2 },
    fill: "tozeroy",
    fillcolor: "#ccf",
  };
  const other = aPen();
  draw(other.pen, [curve], { x: floats(), y: floats() }, placeOf(axes), "Inter");
  assert.deepEqual(moves(other.notes), [
    ...["moveTo 50 70", "lineTo 50 45", "lineTo 150 20", "lineTo 250 45", "lineTo 250 70"],
    ...["moveTo 50 45", "lineTo 150 20", "lineTo 250 45"],
  ]);
});

test("points are drawn by number, with the size and colour of their trace", () => {
  const line = { width: 0.5, color: "#fff" };
  const marker = { size: floats(8.5, 4.5), color: "#0072B2", opacity: 0.8, line };
  const trace: LiveTrace = { mode: "markers", customdata: packed(new Int32Array([2, 0])), marker };
  const { pen, notes } = aPen();
  draw(pen, [trace], { x: floats(0, 1, 10), y: floats(0, 0, -1) }, placeOf(axes), "Inter");
  assert.ok(notes.includes("rect 50 20 200 100"), "nothing beyond the axes");
  const turn = 2 * Math.PI;
  const discs = notes.filter((note) => note.startsWith("arc"));
  assert.deepEqual(discs, [
    `arc 250 120 4 0 ${turn}`,
    `arc 250 120 4.25 0 ${turn}`,
    `arc 50 70 2 0 ${turn}`,
    `arc 50 70 2.25 0 ${turn}`,
  ]);
  assert.ok(notes.includes("fill #0072B2 0.8"));
});

test("a point of the background is a cross", () => {
  const line = { width: 1.2, color: "#999" };
  const marker = { symbol: "x-thin", size: 5, color: "#999", opacity: 0.9, line };
  const trace: LiveTrace = { mode: "markers", customdata: packed(new Int32Array([1])), marker };
  const { pen, notes } = aPen();
  draw(pen, [trace], { x: floats(0, 5), y: floats(0, 0) }, placeOf(axes), "Inter");
  assert.deepEqual(
    notes.filter((note) => /^(moveTo|lineTo|arc|fill)/.test(note)),
    ["moveTo 152.5 72.5", "lineTo 147.5 67.5", "moveTo 152.5 67.5", "lineTo 147.5 72.5"],
  );
});

test("a centre bears its number and its own rim", () => {
  const line = { width: 2, color: ["#f00", "#0f0"] };
  const trace: LiveTrace = {
    mode: "markers+text",
    x: floats(0, 10),
    y: floats(0, 0),
    text: ["1", "2"],
    textfont: { size: 12, color: "#111", weight: 700 },
    marker: { size: 20, color: "#fff", opacity: 1, line },
  };
  const { pen, notes } = aPen();
  draw(pen, [trace], { x: floats(), y: floats() }, placeOf(axes), "Inter");
  assert.deepEqual(
    notes.filter((note) => note.startsWith("fillText")),
    ["fillText 1 50 73", "fillText 2 250 73"],
  );
  assert.equal(pen.strokeStyle, "#0f0");
  assert.equal(pen.font, "700 12px Inter");
});

test("what is round looks round: both axes are as long as the longer, around their middles", () => {
  assert.deepEqual(
    square([
      [0, 4],
      [1, 2],
    ]),
    [
      [0, 4],
      [-0.5, 3.5],
    ],
  );
  assert.deepEqual(
    square([
      [2, 3],
      [0, 10],
    ]),
    [
      [-2.5, 7.5],
      [0, 10],
    ],
  );
});
