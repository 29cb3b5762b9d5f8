// What each side says of the half step it is at, on its card and for those who listen.

import type { Curve } from "./curve.ts";
import { figure } from "./figure.ts";
import { keepsNumbers } from "./listed.ts";
import { PREVIEWED, phaseOf } from "./moment.ts";
import type { Run, Side } from "./run.ts";
import * as time from "./timeline.ts";

export type CardParts = Readonly<Record<"phase" | "said" | "curve" | "formulas", HTMLElement>>;

export function saidAt(run: Run, side: Side, h: number): string {
  return (h < 0 ? run.seeding_said[run.lead + h] : run[side].said[h]) ?? "";
}

function kindOf(h: number): string {
  if (h < 1) {
    return "start";
  }
  return h % 2 ? "assign" : "move";
}

export type Say = typeof saidAt;

// What is said of a start whose picture shows what it leads to at once.
export function startSaid(run: Run, side: Side): string {
  const { objective, last } = run[side];
  const value = objective[PREVIEWED[side].half] ?? null;
  if (last < PREVIEWED[side].half) {
    return "The picture follows when you let go.";
  }
  if (value === null) {
    return ""; // a covariance without a density: the server says so
  }
  const numbers = keepsNumbers(run) ? "" : " Once it plays, the numbers are those of the end.";
  return `${STARTED[side]} ${figure(value)}.${numbers}`;
}

const STARTED: Readonly<Record<Side, string>> = {
  kmeans: "From here: with every point at its nearest centre, the inertia is",
  gmm: "From here: one M-step after that assignment, the mean log-likelihood is",
};

// Effect: the card of one side says what half step this is, and what it did.
export function say(card: CardParts, said: Say, run: Run, side: Side, h: number): void {
  card.phase.textContent = phaseOf(side, h, run[side].last);
  card.phase.dataset.phase = kindOf(h);
  card.said.textContent = said(run, side, h);
}

// Effect: the card of one side speaks of a half step.
export function describe(
  card: CardParts,
  line: Curve | null,
  said: Say,
  run: Run,
  side: Side,
  h: number,
): void {
  say(card, said, run, side, h);
  card.formulas.textContent = run[side].formulas[h] ?? "";
  line?.at(Math.max(h, 0));
}

// All of it in one line of speech.
export function spokenAt(run: Run, line: time.Timeline): string {
  const where = time.whereOf(time.placeOf(line), time.endOf(line), line.lead);
  const sides = time.driven(line.drive).map((side) => {
    const h = time.halfStepOf(line, side);
    return `${run[side].title}, ${phaseOf(side, h, run[side].last)}: ${saidAt(run, side, h)}`;
  });
  return `${where}. ${sides.join(" ")}`;
}
