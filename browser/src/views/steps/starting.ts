// A start as a value: the centres as they are shown, one moved, one more, one less.

import { shownAt } from "./moment.ts";
import { type Run, type Side, type Spot, withSpot } from "./run.ts";

export type Start = Float32Array; // (k, 2), in plot coordinates less the run's origin

// The centres that one side shows at a half step, in the order of their numbers there.
export function startAt(run: Run, side: Side, h: number, preview: boolean): Start {
  return h < 0 || (preview && h === 0)
    ? run.start
    : Float32Array.from(shownAt(run, side, h + run.lead, 1, preview).flat());
}

export const sizeOf = (start: Start): number => start.length / 2;
export const put = (start: Start, j: number, spot: Spot): Start => withSpot(start, j, spot);
export const more = (start: Start, [x, y]: Spot): Start => Float32Array.from([...start, x, y]);
export const less = (start: Start, j: number): Start =>
  start.filter((_, p) => p !== 2 * j && p !== 2 * j + 1);

// Why there can be no more centres, or none.
export function fullAt(k: number, n: number, most: number): string | null {
  if (k >= most) {
    return `K = ${most} is the most there can be.`;
  }
  return k >= n ? `There are ${n} points, and no more centres than points.` : null;
}

export const lastOne = (k: number): string | null => (k > 1 ? null : "One centre has to stay.");
