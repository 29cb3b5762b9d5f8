// Where the player goes: by key, by slider, and when another run arrives.

import assert from "node:assert/strict";
import { test } from "node:test";
import { edges } from "../src/views/steps/curve.ts";
import { actionOf } from "../src/views/steps/keys.ts";
import { openingOf } from "../src/views/steps/opening.ts";
import { decode } from "../src/views/steps/run.ts";
import * as time from "../src/views/steps/timeline.ts";
import { spokenAt } from "../src/views/steps/words.ts";
import { aTrace } from "./a_trace.ts";

const run = decode(aTrace()); // k-means ends at 2, the mixture at 4
const line = time.timelineOf(run, "both");

test("linked sides go together, and the shorter run rests at its end", () => {
  const there = time.moved(line, 3);
  assert.deepEqual(there.places, { kmeans: 2, gmm: 3 });
  assert.equal(time.placeOf(there), 3);
  assert.ok(time.turns(there, "gmm") && !time.turns(there, "kmeans"));
  assert.ok(!time.atEnd(there) && time.atEnd(time.moved(there, 4)));
});

test("places beyond the ends, and what is no place at all", () => {
  const place = (wanted: unknown) => time.placeOf(time.moved(line, wanted));
  assert.deepEqual([-3, 99, "2", time.LAST, "x", null].map(place), [0, 4, 2, 4, 0, 0]);
});

test("one side alone goes to its own end and leaves the other where it is", () => {
  const alone = time.moved({ ...time.moved(line, 3), drive: "kmeans" as const }, 1);
  assert.deepEqual(alone.places, { kmeans: 1, gmm: 3 });
  assert.equal(time.endOf(alone), 2);
});

test("choices of a start come before the half steps", () => {
  const seeded = decode(aTrace({ seeding: [1, 2, 3, 4, 5, 6] }));
  const begun = time.timelineOf(seeded, "both");
  assert.equal(time.endOf(begun), 6);
  assert.equal(time.whereOf(1, 6, 2), "choosing centre 2 of 2");
  assert.equal(time.whereOf(5, 6, 2), "half step 3 of 4");
  assert.match(spokenAt(seeded, time.moved(begun, 1)), /k-means, Choosing the start: second/);
  assert.match(spokenAt(run, time.moved(line, 1)), /^half step 1 of 4\. k-means, Assign: b /);
});

const focus = (selector: string) =>
  ({
    matches: (list: string) => list.split(", ").includes(selector),
    closest: (list: string) => (list.split(", ").includes(selector) ? {} : null),
  }) as unknown as Element;
const pressed = (key: string, on: string, held = {}) =>
  actionOf({ key, ctrlKey: false, metaKey: false, altKey: false, ...held }, focus(on));

test("keys are the player's unless the focus has a use for them", () => {
  assert.equal(pressed(" ", "body"), "play");
  assert.equal(pressed("End", "button"), "last");
  assert.equal(pressed(" ", "button"), null);
  assert.equal(pressed("ArrowLeft", "input[type=range]"), null);
  assert.equal(pressed(" ", "input[type=range]"), "play");
  assert.equal(pressed("ArrowLeft", "input[type=radio]"), null);
  assert.equal(pressed("Home", "input[type=radio]"), "first");
  assert.equal(pressed(" ", "input[type=checkbox]"), null);
  assert.equal(pressed("ArrowRight", "input[type=checkbox]"), "forward");
  assert.equal(pressed("ArrowRight", "input"), null);
  assert.equal(pressed("ArrowRight", "body", { ctrlKey: true }), null);
  assert.equal(pressed("x", "body"), null);
});

test("where a run begins that has arrived", () => {
  const arrival = {
    again: true,
    asked: null,
    otherStart: false,
    playing: false,
    line: time.moved(line, 3),
    step: "1",
  };
  const opening = (change: object) => openingOf({ ...arrival, ...change });
  assert.deepEqual(opening({ again: false }), { place: "1", after: null });
  assert.deepEqual(opening({}), { place: 3, after: null });
  assert.deepEqual(opening({ line: time.moved(line, 4) }), { place: time.LAST, after: null });
  assert.deepEqual(opening({ otherStart: true }), { place: 0, after: "stay" });
  assert.deepEqual(opening({ playing: true }), { place: 0, after: "play" });
  assert.deepEqual(opening({ otherStart: true, playing: true }), { place: 0, after: "stay" });
  assert.deepEqual(opening({ asked: "play", again: false }), { place: 0, after: "play" });
});

test("a curve has air around its values and makes no drama of the last digits", () => {
  const [low, high] = edges([100, 100]);
  assert.ok(low < 100 && high > 100 && high - low < 0.02);
  const [least, most] = edges([0, 10]);
  assert.ok(Math.abs(least + 0.8) < 1e-12 && Math.abs(most - 10.8) < 1e-12);
});
