// A run in the numbers of the list that it started from, instead of those of its end.

import { type Run, SIDES, type Side } from "./run.ts";

const known = new WeakMap<Run, Partial<Record<Side, Run>>>();

// The run in the colours that its components have in the list.
export function asListed(run: Run, side: Side): Run {
  const made = known.get(run) ?? {};
  known.set(run, made);
  made[side] ??= { ...run, ...recoloured(run, side) };
  return made[side];
}

const recoloured = (run: Run, side: Side) => ({
  rgb: run[side].order.map((j) => run.rgb[j] ?? run.grey),
});

// Whether the numbers of the end are those of the list.
export const keepsNumbers = (run: Run): boolean =>
  SIDES.every((side) => run[side].order.every((first, j) => first === j));
