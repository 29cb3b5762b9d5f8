// What each side says of the half step it is at, on its card and for those who listen.

import type { Curve } from "./curve.ts";
import { phaseOf } from "./moment.ts";
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

// Effect: the card of one side speaks of a half step.
export function describe(
  card: CardParts,
  line: Curve | null,
  run: Run,
  side: Side,
  h: number,
): void {
  card.phase.textContent = phaseOf(side, h, run[side].last);
  card.phase.dataset.phase = kindOf(h);
  card.said.textContent = saidAt(run, side, h);
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
