// The mixture's components: ellipses at one and two standard deviations.

import { faded, mix } from "./colour.ts";
import { centreAt } from "./moment.ts";
import { at, type Run, type Spot } from "./run.ts";
import type { View } from "./view.ts";

export type Covariance = readonly [xx: number, xy: number, yy: number];

interface Ellipse {
  readonly large: number; // half axes at one standard deviation, in pixels
  readonly small: number;
  readonly angle: number; // of the larger one, clockwise as on a canvas
}

// The ellipse of a covariance, stretched as the axes are.
export function ellipseOf([xx, xy, yy]: Covariance, ax: number, ay: number): Ellipse {
  const a = xx * ax * ax;
  const b = -xy * ax * ay;
  const c = yy * ay * ay;
  const half = Math.hypot((a - c) / 2, b);
  return {
    large: Math.sqrt(Math.max((a + c) / 2 + half, 0)),
    small: Math.sqrt(Math.max((a + c) / 2 - half, 0)),
    angle: 0.5 * Math.atan2(2 * b, a - c),
  };
}

function outline(
  ctx: CanvasRenderingContext2D,
  view: View,
  [x, y]: Spot,
  { large, small, angle }: Ellipse,
  sigma: number,
): void {
  ctx.beginPath();
  ctx.ellipse(view.px(x), view.py(y), sigma * large, sigma * small, angle, 0, 2 * Math.PI);
}

// Covariances grow out of nothing where there are none before. Frame -1 is the start.
export function covarianceAt(
  { gmm, k }: Pick<Run, "gmm" | "k">,
  frame: number,
  before: number,
  t: number,
  j: number,
): Covariance {
  const one = (f: number, c: number) =>
    f < 0 ? at(gmm.shapes ?? NONE, j * 3 + c) || 0 : at(gmm.covariances, (f * k + j) * 3 + c);
  const part = (c: number) => mix(one(before, c), one(frame, c), t);
  return [part(0), part(1), part(2)];
}

const NONE = new Float32Array();

export const hasShapes = ({ gmm }: Run, frame: number): boolean =>
  frame >= 0 || gmm.shapes !== null;

export function drawEllipses(
  ctx: CanvasRenderingContext2D,
  run: Run,
  view: View,
  frame: number,
  before: number,
  t: number,
): void {
  const { k } = run;
  const weights = run.gmm.weights.subarray(Math.max(frame, 0) * k, (Math.max(frame, 0) + 1) * k);
  const heaviest = Math.max(0, ...weights);
  ctx.lineWidth = 1.6;
  for (let j = 0; j < k; j++) {
    const centre = centreAt(run, "gmm", frame, before, t, j);
    const ellipse = ellipseOf(covarianceAt(run, frame, before, t, j), view.ax, view.ay);
    const weight = frame < 0 ? 1 : at(weights, j) / heaviest; // equal in the start
    const colour = run.rgb[j] ?? run.grey;
    for (const sigma of [2, 1]) {
      outline(ctx, view, centre, ellipse, sigma);
      ctx.fillStyle = faded(colour, 0.05 + 0.09 * weight);
      ctx.fill();
      ctx.strokeStyle = faded(colour, 0.35 + 0.6 * weight);
      ctx.stroke();
    }
  }
}
