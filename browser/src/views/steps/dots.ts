// The points on the canvas. A canvas, and not traces: recolouring 2,000 points as traces takes
// 40 ms a plot, here 3 ms.

import { faded, mix, type Rgb } from "./colour.ts";
import type { Moment } from "./moment.ts";
import { at, type Run, type Side } from "./run.ts";
import type { View } from "./view.ts";

const TURN = 2 * Math.PI;
const LARGEST = 9; // pixels across
const FEW = 1000; // so many points have their full size and an outline
const UNKNOWN = 0.8; // the size of a point of which nothing is known yet

export interface DotOptions {
  readonly size: boolean; // the mixture's points are as large as they are certain
  readonly plain: boolean; // no colours
}

export type Shade = [red: number, green: number, blue: number, certainty: number];

// The colour and certainty of one point after one assignment, written into `out`: this runs for
// every point of every frame.
export function shadeOf(run: Run, side: Side, dealt: number, point: number, out: Shade): void {
  if (dealt < 0) {
    put(out, run.grey, UNKNOWN);
    return;
  }
  const index = dealt * run.n + point;
  if (side === "kmeans") {
    put(out, run.rgb[at(run.kmeans.labels, index)] ?? run.grey, 1);
    return;
  }
  const share = at(run.gmm.share, index) / 255;
  const own = run.rgb[at(run.gmm.first, index)] ?? run.grey;
  const other = run.rgb[at(run.gmm.second, index)] ?? run.grey;
  out[0] = mix(other[0], own[0], share);
  out[1] = mix(other[1], own[1], share);
  out[2] = mix(other[2], own[2], share);
  out[3] = share;
}

function put(out: Shade, rgb: Rgb, certainty: number): void {
  out[0] = rgb[0];
  out[1] = rgb[1];
  out[2] = rgb[2];
  out[3] = certainty;
}

const blends = (moment: Moment, t: number): boolean => t < 1 && moment.dealt !== moment.dealtBefore;

interface Layer {
  readonly canvas: HTMLCanvasElement;
  key: string;
  run: Run | null;
}

const layers = new Map<Side, Layer>();

function layerOf(side: Side): Layer {
  const found = layers.get(side) ?? {
    canvas: document.createElement("canvas"),
    key: "",
    run: null,
  };
  layers.set(side, found);
  return found;
}

// While only parameters move the points stand still: they are drawn once and then copied.
export function drawDots(
  ctx: CanvasRenderingContext2D,
  run: Run,
  view: View,
  side: Side,
  moment: Moment,
  t: number,
  options: DotOptions,
): void {
  if (blends(moment, t)) {
    paint(ctx, run, view, side, moment, t, options);
    return;
  }
  const { width, height } = ctx.canvas;
  if (!width || !height) {
    return; // a plot folded away has nothing to copy
  }
  const place = [view.px(0), view.py(0), view.ax, view.ay];
  const key = [moment.dealt, width, height, ...place, options.size, options.plain].join();
  const layer = layerOf(side);
  const pen =
    layer.key === key && samePoints(layer.run, run) ? null : layer.canvas.getContext("2d");
  if (pen) {
    layer.key = key;
    layer.run = run;
    layer.canvas.width = width; // this also wipes it
    layer.canvas.height = height;
    pen.setTransform(ctx.getTransform());
    paint(pen, run, view, side, moment, 1, options);
  }
  ctx.save();
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.drawImage(layer.canvas, 0, 0);
  ctx.restore();
}

// Whether two runs deal the same points the same colours.
const samePoints = (one: Run | null, other: Run): boolean =>
  one?.points === other.points && one.kmeans === other.kmeans && one.rgb === other.rgb;

function paint(
  ctx: CanvasRenderingContext2D,
  run: Run,
  view: View,
  side: Side,
  moment: Moment,
  t: number,
  options: DotOptions,
): void {
  const largest = run.n <= FEW ? LARGEST : LARGEST * Math.max(0.35, (FEW / run.n) ** 0.25);
  const sized = options.size && side === "gmm";
  const before: Shade = [0, 0, 0, 1];
  const shade: Shade = [0, 0, 0, 1];
  const blending = blends(moment, t);
  ctx.lineWidth = 0.6;
  ctx.strokeStyle = run.look.paper;
  for (let i = 0; i < run.n; i++) {
    shadeOf(run, side, moment.dealt, i, shade);
    if (blending) {
      shadeOf(run, side, moment.dealtBefore, i, before);
      blend(before, shade, t);
    }
    const size = sized ? Math.max(1.5, largest * shade[3]) : 0.8 * largest;
    ctx.fillStyle = options.plain
      ? run.look.muted
      : `rgba(${shade[0] | 0},${shade[1] | 0},${shade[2] | 0},0.85)`;
    dot(ctx, run, view, i, size / 2);
    if (size > 4 && run.n <= FEW) {
      ctx.stroke();
    }
  }
}

function blend(before: Shade, shade: Shade, t: number): void {
  shade[0] = mix(before[0], shade[0], t);
  shade[1] = mix(before[1], shade[1], t);
  shade[2] = mix(before[2], shade[2], t);
  shade[3] = mix(before[3], shade[3], t);
}

function dot(
  ctx: CanvasRenderingContext2D,
  { points }: Run,
  view: View,
  i: number,
  radius: number,
): void {
  ctx.beginPath();
  ctx.arc(view.px(at(points, 2 * i)), view.py(at(points, 2 * i + 1)), radius, 0, TURN);
  ctx.fill();
}

// While k-means++ chooses: the larger a point, the likelier it was to be drawn.
export function drawOdds(
  ctx: CanvasRenderingContext2D,
  run: Run,
  view: View,
  chosen: number,
): void {
  ctx.fillStyle = faded(run.grey, 0.6);
  for (let i = 0; i < run.n; i++) {
    const odds = at(run.seeding ?? [], chosen * run.n + i) / 255;
    dot(ctx, run, view, i, 1 + 5.5 * Math.sqrt(odds) * (chosen ? 1 : 0.5));
  }
}
