// A drawing as a value: its points, what they were before and after, and which one is selected.
// Nothing is changed in place, so steps back are cheap.

import { drawing } from "../../contract.ts";

export type Place = readonly [x: number, y: number];
export type Point = readonly [x: number, y: number, group: string];
export type Points = readonly Point[];

export interface Pad {
  readonly points: Points;
  readonly past: readonly Points[];
  readonly future: readonly Points[];
  readonly selected: number; // -1: none
}

const STEPS_BACK = 200;

export const EMPTY: Pad = { points: [], past: [], future: [], selected: -1 };

// A coordinate as it is kept: within the pad, with three decimals.
export const inside = (value: number): number =>
  Math.min(drawing.side, Math.max(0, Math.round(value * 1000) / 1000));

export const pointAt = ([x, y]: Place, group: string): Point => [inside(x), inside(y), group];

// Other points, in the midst of a stroke: no step to go back to.
export const changed = (pad: Pad, points: Points, selected = pad.selected): Pad => ({
  ...pad,
  points,
  selected: Math.min(selected, points.length - 1),
});

// What was there before is a step to go back to.
export const remembered = (pad: Pad, before: Points): Pad => ({
  ...pad,
  past: [...pad.past.slice(-STEPS_BACK), before],
  future: [],
});

export const committed = (pad: Pad, points: Points, selected = pad.selected): Pad =>
  changed(remembered(pad, pad.points), points, selected);

export function undone(pad: Pad): Pad | null {
  const before = pad.past.at(-1);
  const past = pad.past.slice(0, -1);
  return before ? changed({ ...pad, past, future: [pad.points, ...pad.future] }, before) : null;
}

export function redone(pad: Pad): Pad | null {
  const [next, ...future] = pad.future;
  return next ? changed({ ...pad, past: [...pad.past, pad.points], future }, next) : null;
}

export const isFull = ({ points }: Pad): boolean => points.length >= drawing.mostPoints;

// As many of these points as there is room for.
export const joined = ({ points }: Pad, more: Points): Points => [
  ...points,
  ...more.slice(0, Math.max(0, drawing.mostPoints - points.length)),
];

// The points with the selected one elsewhere; its group stays.
export const moved = ({ points, selected }: Pad, place: Place): Points =>
  points.map((point, i) => (i === selected ? pointAt(place, point[2]) : point));

export const withoutSelected = ({ points, selected }: Pad): Points =>
  points.filter((_, i) => i !== selected);

const distance = (point: Point, [x, y]: Place): number => Math.hypot(point[0] - x, point[1] - y);

// The points farther from a place than so much.
export const erased = (points: Points, place: Place, reach: number): Points =>
  points.filter((point) => distance(point, place) > reach);

// The index of the point nearest to a place, if one is within reach; of equals the last.
export function nearest(points: Points, place: Place, reach: number): number {
  let [best, least] = [-1, reach];
  points.forEach((point, i) => {
    const far = distance(point, place);
    if (far <= least) {
      [best, least] = [i, far];
    }
  });
  return best;
}

// The next point or the one before, round and round; without one the first or the last.
export function neighbour({ points, selected }: Pad, step: 1 | -1): number {
  const from = selected < 0 && step < 0 ? 0 : selected;
  return points.length ? (from + step + points.length) % points.length : -1;
}
