// Points changed between two steps, as values: what was done, and what the points are then.

import { outward, type Run, type Spot, spotOf, withSpot } from "./run.ts";

const GONE: Spot = [Number.NaN, Number.NaN];
const WRITTEN_DIGITS = 9;

export interface Edits {
  readonly points: Float32Array; // those of the run, as they are by now; removed ones are NaN
  readonly added: readonly Spot[];
  readonly done: readonly Done[];
}

interface Done {
  readonly index: number; // added points follow those of the run
  readonly from: Spot | null; // where it was; nothing for an added one
}

export const none = (points: Float32Array): Edits => ({ points, added: [], done: [] });

const count = ({ points }: Edits): number => points.length / 2;
export const countOf = (edits: Edits): number => count(edits) + edits.added.length;

export const spotAt = (edits: Edits, index: number): Spot =>
  index < count(edits) ? spotOf(edits.points, index) : (edits.added[index - count(edits)] ?? GONE);

// A point is elsewhere: by itself no change yet, as it may still be dragged about.
export function put(edits: Edits, index: number, spot: Spot): Edits {
  const n = count(edits);
  return index < n
    ? { ...edits, points: withSpot(edits.points, index, spot) }
    : { ...edits, added: edits.added.map((one, i) => (i === index - n ? spot : one)) };
}

export function add(edits: Edits, spot: Spot): Edits {
  const done = [...edits.done, { index: countOf(edits), from: null }];
  return { ...edits, added: [...edits.added, spot], done };
}

export function move(edits: Edits, index: number, from: Spot, to: Spot): Edits {
  return { ...put(edits, index, to), done: [...edits.done, { index, from }] };
}

export const remove = (edits: Edits, index: number): Edits =>
  move(edits, index, spotAt(edits, index), GONE);

export function undo(edits: Edits): Edits {
  const last = edits.done.at(-1);
  if (!last) {
    return edits;
  }
  const before = { ...edits, done: edits.done.slice(0, -1) };
  return last.from
    ? put(before, last.index, last.from)
    : { ...before, added: before.added.slice(0, -1) };
}

// The numbers of all points that are there.
export const presentOf = (edits: Edits): number[] =>
  Array.from({ length: countOf(edits) }, (_, i) => i).filter((i) =>
    spotAt(edits, i).every(Number.isFinite),
  );

// All points that are there, in plot coordinates.
export const pointsOf = (edits: Edits, run: Run): Spot[] =>
  presentOf(edits).map((i) => outward(run, spotAt(edits, i)));

// The next point that is there, round the end; -1 where there is none.
export function neighbour(edits: Edits, index: number, step: 1 | -1): number {
  const present = presentOf(edits);
  const after = present.findIndex((one) => one >= index);
  const place = after < 0 ? present.length : after;
  const next = step < 0 || present[place] !== index ? place + Math.min(step, 0) : place + 1;
  return present.at(next % present.length) ?? -1;
}

// Whether the points are those of the run: nothing is changed, or all of it was undone.
export const isAsBefore = ({ points, added }: Edits, before: Float32Array): boolean =>
  !added.length && points.every((value, p) => Object.is(value, before[p]));

const quoted = (name: string): string => `"${name.replace(/"/g, '""')}"`;

export function tableOf(columns: readonly string[], points: readonly Spot[]): string {
  const rows = points.map((spot) => spot.map((v) => v.toPrecision(WRITTEN_DIGITS)).join());
  return [columns.map(quoted).join(), ...rows].join("\n");
}
