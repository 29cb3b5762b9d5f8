// From the values of a plot to the pixels of its box.

import type { Axis } from "../../kernel/plotly.ts";

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
