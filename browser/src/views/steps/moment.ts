// What a half step is: which assignment colours the points, and between which parameters the
// centres move.

import { mix } from "./colour.ts";
import { at, type Run, type Side, type Spot } from "./run.ts";

// -1 is none yet, or the start.
export interface Moment {
  readonly odd: boolean; // points are assigned; else parameters move
  readonly dealt: number; // the assignment that colours the points
  readonly dealtBefore: number;
  readonly frame: number; // the parameters
  readonly frameBefore: number;
}

export function momentOf(side: Side, h: number): Moment {
  const odd = h % 2 === 1;
  if (side === "kmeans") {
    const i = h >> 1;
    const before = i - 1;
    return {
      odd,
      dealt: odd ? i : before,
      dealtBefore: before,
      frame: i,
      frameBefore: odd ? i : before,
    };
  }
  const e = odd ? (h - 1) / 2 : h / 2 - 1;
  const before = e - 1;
  return {
    odd,
    dealt: e,
    dealtBefore: odd ? before : e,
    frame: odd ? before : e,
    frameBefore: before,
  };
}

// Where a centre is while it moves from one frame to another.
export function centreAt(
  run: Run,
  side: Side,
  frame: number,
  before: number,
  t: number,
  j: number,
): Spot {
  const places = side === "kmeans" ? run.kmeans.centers : run.gmm.means;
  const first = at(run[side].order, j); // numbers are those of the end: this one starts there
  const of = (f: number, c: number) =>
    f < 0 ? at(run.start, 2 * first + c) : at(places, (f * run.k + j) * 2 + c);
  return [mix(of(before, 0), of(frame, 0), t), mix(of(before, 1), of(frame, 1), t)];
}

const HALVES: Readonly<Record<Side, readonly [even: string, odd: string]>> = {
  kmeans: ["Move", "Assign"],
  gmm: ["M-step", "E-step"],
};

export function phaseOf(side: Side, h: number, last: number): string {
  if (h < 0) {
    return "Choosing the start";
  }
  if (h === 0) {
    return "Start";
  }
  return HALVES[side][h % 2 === 1 ? 1 : 0] + (h === last ? " · end" : "");
}
