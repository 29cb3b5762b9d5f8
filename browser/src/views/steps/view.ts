// The map from a plot (less the run's origin) to the pixels of its box, and back.

import type { Range } from "../../kernel/plotly.ts";
import type { Run, Spot } from "./run.ts";

export interface Area {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface View extends Area {
  readonly ax: number; // pixels for one unit
  readonly ay: number;
  readonly font: string;
  readonly letter: number; // the height of its numbers, in pixels
  px(x: number): number;
  py(y: number): number;
  plot(px: number, py: number): Spot; // in plot coordinates
  corners(): Spot[];
  holds(px: number, py: number): boolean;
}

export const LETTER = 11;

// For a plot area and the values at its edges.
export function viewOf(
  { origin }: Run,
  area: Area,
  x: Range,
  y: Range,
  font: string,
  letter = LETTER,
): View {
  const ax = area.width / (x[1] - x[0]);
  const ay = area.height / (y[1] - y[0]);
  const [right, bottom] = [area.left + area.width, area.top + area.height];
  const [west, east] = [x[0] - origin[0], x[1] - origin[0]];
  const [south, north] = [y[0] - origin[1], y[1] - origin[1]];
  return {
    ...area,
    ax,
    ay,
    font,
    letter,
    px: (v) => area.left + (v - west) * ax,
    py: (v) => bottom - (v - south) * ay,
    plot: (px, py) => [x[0] + (px - area.left) / ax, y[0] + (bottom - py) / ay],
    corners: () => [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
    ],
    holds: (px, py) => px >= area.left && px <= right && py >= area.top && py <= bottom,
  };
}

// The number of the place nearest to the mouse, if one is within so many pixels.
export function nearest(
  view: View,
  count: number,
  spot: (index: number) => Spot,
  [px, py]: Spot,
  reach: number,
): number | null {
  let best = reach;
  let found: number | null = null;
  for (let i = 0; i < count; i++) {
    const [x, y] = spot(i);
    const away = Math.hypot(view.px(x) - px, view.py(y) - py);
    if (away < best) {
      [best, found] = [away, i];
    }
  }
  return found;
}
