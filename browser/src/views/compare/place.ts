// From the values of a plot to the pixels of its box, and how far its axes go.

import type { Axis, Range } from "../../kernel/plotly.ts";

export interface Place {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  px(x: number): number;
  py(y: number): number;
}

export function placeOf({ x, y }: { readonly x: Axis; readonly y: Axis }): Place {
  const across = x.length / (x.range[1] - x.range[0]);
  const down = y.length / (y.range[1] - y.range[0]);
  return {
    left: x.offset,
    top: y.offset,
    width: x.length,
    height: y.length,
    px: (v) => x.offset + (v - x.range[0]) * across,
    py: (v) => y.offset + (y.range[1] - v) * down,
  };
}

// Ranges of equal length around the same middles: what is round looks round on a square.
export function square([x, y]: readonly [Range, Range]): readonly [Range, Range] {
  const half = Math.max(x[1] - x[0], y[1] - y[0]) / 2;
  const around = ([low, high]: Range): Range => [(low + high) / 2 - half, (low + high) / 2 + half];
  return [around(x), around(y)];
}
