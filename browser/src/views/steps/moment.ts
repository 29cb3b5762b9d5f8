// What a half step is: which assignment colours the points, and between which parameters the
// centres move.

import { mix } from "./colour.ts";
import { at, type Run, type Side, type Spot, spotOf } from "./run.ts";

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

// What of a run is shown of a start: the first assignment of k-means, the mixture's second.
export const PREVIEWED: Readonly<Record<Side, Moment & { readonly half: number }>> = {
  kmeans: { ...momentOf("kmeans", 1), half: 1 },
  gmm: { ...momentOf("gmm", 3), half: 3 },
};

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

// Where all centres are that are shown at a place of the time line, `t` of the way into it.
export function shownAt(run: Run, side: Side, p: number, t: number, preview: boolean): Spot[] {
  const h = p - run.lead;
  if (h < 0 || (preview && h === 0)) {
    const count = h < 0 ? p + 1 : run.k;
    return Array.from({ length: count }, (_, j) => spotOf(run.start, j));
  }
  const { frame, frameBefore } = momentOf(side, Math.min(h, run[side].last));
  return Array.from({ length: run.k }, (_, j) => centreAt(run, side, frame, frameBefore, t, j));
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
