// A start placed by hand: where its centres are, in numbers, in a link, and under the arrow keys.

import { outward, type Run, type Spot, spotOf } from "./run.ts";

const LINK_DIGITS = 4; // a ten-thousandth of the plot
const COARSE = 50; // so many presses from one edge to the other
const FINE = 500;

export const position = (run: Run, j: number): Spot => outward(run, spotOf(run.start, j));

const spanOf = ({ ranges }: Run, axis: 0 | 1): number => ranges[axis][1] - ranges[axis][0];

// As many digits as a link needs.
export function rounded(run: Run, value: number, axis: 0 | 1): number {
  const digits = LINK_DIGITS - Math.floor(Math.log10(spanOf(run, axis)));
  return Number(value.toFixed(Math.max(0, Math.min(8, digits))));
}

// The start as a link says it.
export function textOf(run: Run): string {
  const places = Array.from({ length: run.k }, (_, j) => {
    const [x, y] = position(run, j);
    return [rounded(run, x, 0), run.line ? 0 : rounded(run, y, 1)].join();
  });
  return places.join();
}

interface Bend {
  there(value: number): number;
  back(value: number): number;
}

const BENDS: Readonly<Record<string, Bend>> = {
  log: { there: Math.log, back: Math.exp },
  sqrt: { there: Math.sqrt, back: (v) => v * v },
  asinh: { there: Math.asinh, back: Math.sinh },
};

// People read and type original values, also where the plot's axis is that of their logarithms.
export function original(run: Run, value: number, axis: 0 | 1): number {
  const bend = BENDS[run.bends[axis]];
  return bend ? Number(bend.back(value).toPrecision(6)) : rounded(run, value, axis);
}

export const placed = (run: Run, value: number, axis: 0 | 1): number =>
  BENDS[run.bends[axis]]?.there(value) ?? value;

export const originals = (run: Run, spot: Spot): Spot => {
  const [x, y] = outward(run, spot);
  return [original(run, x, 0), original(run, y, 1)];
};

const ARROWS: Readonly<Record<string, Spot>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

// Where a key moves a centre to, if it moves centres.
export function nudged(run: Run, j: number, key: string, fine: boolean): Spot | null {
  const arrow = ARROWS[key];
  if (!arrow || (run.line && arrow[1])) {
    return null;
  }
  const [x, y] = position(run, j);
  const presses = fine ? FINE : COARSE;
  return [x + (arrow[0] * spanOf(run, 0)) / presses, y + (arrow[1] * spanOf(run, 1)) / presses];
}
