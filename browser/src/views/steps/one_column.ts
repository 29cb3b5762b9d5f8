// One column: a histogram with the components' curves and their sum, or k-means' cuts; the points
// in a strip below the axis, and under them the centres. The look of gmm_dash/figures/line.py.

import { channels, faded, mix, type Rgb } from "./colour.ts";
import { covarianceAt } from "./ellipses.ts";
import { centreAt } from "./moment.ts";
import { at, type Run } from "./run.ts";
import type { View } from "./view.ts";

const OWN = 49; // places that a component adds which is narrower than pixels can show
const REACH = 6; // standard deviations
const NARROW = 4; // pixels

export function drawBars(ctx: CanvasRenderingContext2D, run: Run, view: View): void {
  const { edges, heights } = run.line ?? { edges: [], heights: [] };
  const floor = view.py(0);
  ctx.fillStyle = faded(run.grey, 0.22);
  ctx.strokeStyle = faded(run.grey, 0.45);
  ctx.lineWidth = 1;
  heights.forEach((height, i) => {
    if (height > 0) {
      const [left, top] = [view.px(at(edges, i)), view.py(height)];
      ctx.beginPath();
      ctx.rect(left, top, view.px(at(edges, i + 1)) - left, floor - top);
      ctx.fill();
      ctx.stroke();
    }
  });
  ctx.strokeStyle = run.look.muted;
  ctx.beginPath();
  ctx.moveTo(view.left, floor);
  ctx.lineTo(view.left + view.width, floor);
  ctx.stroke();
}

export interface Interval {
  readonly j: number; // whose it is
  readonly from: number;
  readonly to: number;
}

// What of a line is nearest to each of (k, 2) centres, from left to right; of equals the first has
// it. Cuts lie halfway between neighbours.
export function intervals(centers: ArrayLike<number>, low: number, high: number): Interval[] {
  const k = centers.length / 2;
  const order = Array.from({ length: k }, (_, j) => j)
    .sort((a, b) => at(centers, 2 * a) - at(centers, 2 * b) || a - b)
    .filter((j, i, all) => i === 0 || at(centers, 2 * j) !== at(centers, 2 * at(all, i - 1)));
  const cut = (i: number) =>
    (at(centers, 2 * at(order, i)) + at(centers, 2 * at(order, i + 1))) / 2;
  return order.map((j, i) => ({
    j,
    from: i === 0 ? low : cut(i - 1),
    to: i === order.length - 1 ? high : cut(i),
  }));
}

// Shaded: which centre is nearest. Dashed: the cuts.
export function drawCuts(
  ctx: CanvasRenderingContext2D,
  run: Run,
  view: View,
  frame: number,
  strength: number,
): void {
  if (strength <= 0) {
    return;
  }
  const centers = run.kmeans.centers.subarray(frame * run.k * 2, (frame + 1) * run.k * 2);
  const [low, high] = [view.left, view.left + view.width].map((px) => (px - view.px(0)) / view.ax);
  const bottom = view.top + view.height;
  ctx.save();
  ctx.strokeStyle = faded(channels(run.look.ink), 0.75 * strength);
  ctx.lineWidth = 1.8;
  ctx.setLineDash([5, 4]);
  intervals(centers, low ?? 0, high ?? 0).forEach(({ j, from, to }, i) => {
    const [left, right] = [view.px(from), view.px(to)];
    ctx.fillStyle = faded(run.rgb[j] ?? run.grey, 0.16 * strength);
    ctx.fillRect(left, view.top, right - left, view.height);
    if (i) {
      ctx.beginPath();
      ctx.moveTo(left, view.top);
      ctx.lineTo(left, bottom);
      ctx.stroke();
    }
  });
  ctx.restore();
}

// The components at a moment, each as a normal curve in the units of the axis.
export interface Bell {
  readonly weight: number; // of the whole; what its curve has below it
  readonly mean: number;
  readonly deviation: number;
}

// Where there are no variances before, curves grow out of the axis with those that follow.
export function bellsAt(run: Run, frame: number, before: number, t: number): Bell[] {
  const { k, gmm } = run;
  const grows = before < 0 && gmm.shapes === null;
  const weightOf = (f: number, j: number) => (f < 0 ? 1 / k : at(gmm.weights, f * k + j));
  return Array.from({ length: k }, (_, j) => {
    const weight = grows ? t * weightOf(frame, j) : mix(weightOf(before, j), weightOf(frame, j), t);
    const [xx] = covarianceAt(run, frame, grows ? frame : before, t, j);
    const [mean] = centreAt(run, "gmm", frame, before, t, j);
    return { weight, mean, deviation: Math.sqrt(xx) };
  });
}

export const heightOf = ({ weight, mean, deviation }: Bell, x: number): number =>
  (weight / (deviation * Math.sqrt(2 * Math.PI))) * Math.exp(-0.5 * ((x - mean) / deviation) ** 2);

// Where curves have vertices: at every pixel, and closer where a component is narrow.
function placesOf(view: View, bells: readonly Bell[]): Float64Array {
  const columns = Array.from(
    { length: Math.ceil(view.width) + 1 },
    (_, i) => (view.left + i - view.px(0)) / view.ax,
  );
  const own = bells.flatMap(({ mean, deviation }) =>
    deviation * view.ax < NARROW
      ? Array.from({ length: OWN }, (_, i) => mean + deviation * REACH * ((2 * i) / (OWN - 1) - 1))
      : [],
  );
  return Float64Array.from([...columns, ...own]).sort();
}

export function drawCurves(
  ctx: CanvasRenderingContext2D,
  run: Run,
  view: View,
  frame: number,
  before: number,
  t: number,
  parts: boolean,
): void {
  const bells = bellsAt(run, frame, before, t);
  if (!bells.every(({ deviation }) => deviation > 0)) {
    return; // a component without width has no density
  }
  const places = placesOf(view, bells);
  if (parts) {
    bells.forEach((bell, j) => {
      drawBell(ctx, run.rgb[j] ?? run.grey, view, places, bell);
    });
  }
  trace(ctx, view, places, (x) => bells.reduce((sum, bell) => sum + heightOf(bell, x), 0));
  ctx.strokeStyle = run.look.ink;
  ctx.lineWidth = 2;
  ctx.stroke();
}

// As far as it can be seen: beyond, its line would lie on the axis.
function drawBell(
  ctx: CanvasRenderingContext2D,
  colour: Rgb,
  view: View,
  places: Float64Array,
  bell: Bell,
): void {
  const own = places.filter((x) => Math.abs(x - bell.mean) <= REACH * bell.deviation);
  if (own.length) {
    trace(ctx, view, own, (x) => heightOf(bell, x));
    ctx.strokeStyle = faded(colour, 0.9);
    ctx.lineWidth = 1.4;
    ctx.stroke();
    ctx.lineTo(view.px(at(own, own.length - 1)), view.py(0));
    ctx.lineTo(view.px(at(own, 0)), view.py(0));
    ctx.fillStyle = faded(colour, 0.16);
    ctx.fill();
  }
}

function trace(
  ctx: CanvasRenderingContext2D,
  view: View,
  places: Float64Array,
  height: (x: number) => number,
): void {
  ctx.beginPath();
  for (const x of places) {
    ctx.lineTo(view.px(x), view.py(height(x)));
  }
}
