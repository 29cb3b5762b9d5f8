// How long each half step is shown, for the story of a whole run to take so many seconds: where
// something happens it takes longer, and no half step is slower than at speed 1.

import { saidToHappen } from "./happenings.ts";
import type { Run } from "./run.ts";
import { endOf, moved, placeOf, type Timeline } from "./timeline.ts";

export const STORY_S = 20;
export const STORY = 0; // the speed that means so long
const USUAL_MS = 900; // of a half step, at speed 1
const WEIGHT = 5; // of a half step in which something happens
const FIRST = 4; // half steps that all are told at length
const HURRY = 0.8; // times the usual speed for each half step on the way to where something happens

export interface Pace {
  choose(speed: number): void;
  hurry(halfSteps: number): void; // until told 0
  at(run: Run, line: Timeline): number; // how many times the usual speed
}

export function pace(): Pace {
  let [chosen, least] = [1, 0];
  let story: { readonly run: Run; readonly drive: string; readonly speeds: Float64Array } | null =
    null;

  function at(run: Run, line: Timeline): number {
    if (chosen !== STORY) {
      return Math.max(least, chosen);
    }
    if (story?.run !== run || story.drive !== line.drive) {
      story = { run, drive: line.drive, speeds: storyOf(run, line) };
    }
    return Math.max(least, story.speeds[placeOf(line)] ?? 1);
  }

  return {
    at,
    choose: (speed) => {
      chosen = speed;
    },
    hurry: (halfSteps) => {
      least = HURRY * halfSteps;
    },
  };
}

// (places,): how many times the usual speed the half step has that leads to each place.
export function storyOf(run: Run, line: Timeline): Float64Array {
  const weights = Float64Array.from({ length: endOf(line) + 1 }, (_, place) => {
    const told = place <= line.lead + FIRST || saidToHappen(run, moved(line, place)) !== "";
    return told ? WEIGHT : 1;
  });
  const lengths = shared(weights, 1000 * STORY_S);
  return lengths.map((length) => USUAL_MS / length);
}

// Milliseconds for each weight, together `total`, none above the usual; less if all are usual.
export function shared(weights: Float64Array, total: number): Float64Array {
  let [low, high] = [0, total];
  const length = (weight: number, unit: number) => Math.min(USUAL_MS, unit * weight);
  for (let i = 0; i < 60; i++) {
    const unit = (low + high) / 2;
    const sum = weights.reduce((all, weight) => all + length(weight, unit), 0);
    [low, high] = sum < total ? [unit, high] : [low, unit];
  }
  return weights.map((weight) => length(weight, high));
}
