// Where the player goes: by key, by slider, and when another run arrives.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { State } from "../src/contract.ts";
import { edges } from "../src/views/steps/curve.ts";
import { roundAt, stepAt } from "../src/views/steps/four_steps.ts";
import { happeningsOf, nextHappening, saidToHappen } from "../src/views/steps/happenings.ts";
import { actionOf } from "../src/views/steps/keys.ts";
import { driveOf, openingOf } from "../src/views/steps/opening.ts";
import { pace, STORY, shared } from "../src/views/steps/pace.ts";
import { decode, type Run } from "../src/views/steps/run.ts";
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
  assert.equal(pressed("n", "body"), "event");
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

// Seven frames of one centre on a line; a point is dealt to the other at the fourth assignment.
const long: Run = {
  ...run,
  ranges: [
    [0, 10],
    [0, 10],
  ],
  kmeans: {
    ...run.kmeans,
    last: 13,
    order: [0, 1],
    centers: new Float32Array([0, 1, 1.5, 1.6, 4, 4, 4].flatMap((x) => [x, 0, 9, 9])),
    labels: new Uint8Array([0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 1]),
    objective: [null, 90, 80, 80, 71, 71, 70, 70, 40, 40, 39, 39, 39, 39],
    iterations: [0, 1, 2, 3, 4, 5, 6],
  },
};

test("what happens: the curve bends, points change side, a centre comes to rest", () => {
  const all = [...happeningsOf(long, "kmeans")].sort(([a], [b]) => a - b);
  assert.deepEqual(all, [
    [6, ["the curve bends: slower from here"]],
    [7, ["1 point changes side"]],
    [8, ["the curve bends: faster from here"]],
    [10, ["the curve bends: slower from here", "centre 1 comes to rest"]],
    [12, ["the curve bends: slower from here"]],
  ]);
});

test("going on until something happens stops there, and at the end", () => {
  const begun = time.timelineOf(long, "kmeans");
  const stops = [0, 6, 7, 8, 10, 12].map((place) => nextHappening(long, time.moved(begun, place)));
  assert.deepEqual(stops, [6, 7, 8, 10, 12, 13]);
  assert.equal(saidToHappen(long, time.moved(begun, 7)), "k-means: 1 point changes side.");
  assert.equal(saidToHappen(long, time.moved(begun, 9)), "");
});

test("a story takes its time, longest where something happens, and is never slow", () => {
  const sum = (lengths: Float64Array) => lengths.reduce((all, one) => all + one, 0);
  const many = shared(
    Float64Array.from({ length: 400 }, (_, i) => (i % 10 ? 1 : 5)),
    20_000,
  );
  assert.ok(
    Math.abs(sum(many) - 20_000) < 1e-6 && Math.abs((many[0] ?? 0) - 5 * (many[1] ?? 0)) < 1e-6,
  );
  assert.equal(sum(shared(new Float64Array(4).fill(1), 20_000)), 4 * 900);
  const tempo = pace();
  tempo.choose(STORY);
  assert.equal(tempo.at(long, time.timelineOf(long, "kmeans")), 1); // short enough
  tempo.hurry(10);
  assert.equal(tempo.at(long, time.timelineOf(long, "kmeans")), 8);
});

test("every place is one of the four steps, in a round", () => {
  const at = (place: number) => time.moved(line, place);
  assert.deepEqual(
    [0, 1, 2, 3, 4].map((place) => stepAt(at(place))),
    [0, 1, 2, 1, 3],
  );
  assert.deepEqual(
    [0, 1, 2, 3, 4].map((place) => roundAt(at(place))),
    [0, 1, 1, 2, 2],
  );
});

test("where the page shows one method, half steps are counted of that one", () => {
  const hiding = (...hide: string[]) => ({ hide }) as unknown as State;
  assert.equal(driveOf(hiding("notice", "gmm"), null, "both"), "kmeans");
  assert.equal(driveOf(hiding("kmeans"), hiding("gmm"), "kmeans"), "gmm");
  assert.equal(driveOf(hiding("scores"), hiding("gmm"), "kmeans"), "both");
  assert.equal(driveOf(hiding(), hiding(), "gmm"), "gmm"); // somebody has chosen it
  assert.equal(driveOf(hiding(), null, "both"), "both");
});
