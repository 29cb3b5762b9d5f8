// Where on the canvas a point of the pad is, and back, in CSS pixels.

import { drawing } from "../../contract.ts";
import type { Place } from "./points.ts";

const MARGIN = 26; // around the axes, for their numbers

export interface Plane {
  readonly width: number; // of the canvas, which is square
  readonly scale: number; // pixels of one unit
  x(value: number): number;
  y(value: number): number;
  place(left: number, top: number): Place;
}

export function planeOf(width: number): Plane {
  const scale = (width - 2 * MARGIN) / drawing.side;
  return {
    width,
    scale,
    x: (value) => MARGIN + value * scale,
    y: (value) => width - MARGIN - value * scale,
    place: (left, top) => [(left - MARGIN) / scale, drawing.side - (top - MARGIN) / scale],
  };
}
