// The slice of the density under a mouse, while one is shown at all: its curve, its mean, and what
// they are in numbers. The picture of the settled slice stays below.

import { sharpPen } from "../../kernel/canvas.ts";
import { around, make, plotLetter } from "../../kernel/page.ts";
import { type Axis, axesOf, metaOf, plotOf } from "../../kernel/plotly.ts";
import { hear } from "../../kernel/store.ts";
import { spoken } from "../../parts/plots/point_card.ts";
import { type Conditional, condition, density, type Plane } from "./conditional.ts";

// As figures/slices.py writes it.
interface Slice extends Plane {
  readonly across: number; // of all points, from end to end
  readonly colour: string;
  readonly ink: string;
  readonly paper: string;
  readonly bends: readonly [x: string, y: string];
}

const VIEW = "density";
const WIDEST = 0.16; // of the points, as the settled one
const PLACES = 41; // of each component
const REACH = 4; // of its standard deviations
const LEAST = 1e-3; // of the largest weight, below which a component is not seen
const LETTER = 13; // pixels, outside a presentation
const DIGITS = 3;
const BACK: Readonly<Record<string, (value: number) => number>> = {
  log: Math.exp,
  sqrt: (value) => value ** 2,
  asinh: Math.sinh,
};

const canvas = make("canvas", { class: "slice-canvas", "aria-hidden": "true" });

const valueAt = ({ range, offset, length }: Axis, pixel: number): number =>
  range[0] + ((pixel - offset) / length) * (range[1] - range[0]);
const placeOn = ({ range, offset, length }: Axis, value: number): number =>
  offset + ((value - range[0]) / (range[1] - range[0])) * length;
const heightOn = ({ range, offset, length }: Axis, value: number): number =>
  offset + (1 - (value - range[0]) / (range[1] - range[0])) * length;

function move(event: PointerEvent): void {
  const plot = plotOf(VIEW);
  const box = around(event, ".plot-box");
  const slice = metaOf(plot)?.slice as Slice | undefined;
  const axes = axesOf(plot);
  if (!plot || !axes || !slice || event.pointerType === "touch" || !box?.contains(plot)) {
    canvas.remove();
    return;
  }
  const { left, top } = plot.getBoundingClientRect();
  const [x, y] = [event.clientX - left, event.clientY - top];
  const within = ({ offset, length }: Axis, pixel: number) =>
    pixel >= offset && pixel <= offset + length;
  if (within(axes.x, x) && within(axes.y, y)) {
    box.append(canvas);
    draw(slice, axes, valueAt(axes.x, x), box);
  } else {
    canvas.remove();
  }
}

// Effect: the slice at a value is on the canvas.
function draw(slice: Slice, axes: { x: Axis; y: Axis }, at: number, box: HTMLElement): void {
  const pen = sharpPen(canvas, box.clientWidth, box.clientHeight);
  if (!pen) {
    return;
  }
  const found = condition(slice, at);
  const [column, values] = [placeOn(axes.x, at), along(found)];
  const heights = values.map((value) => density(found, value));
  const scale = (WIDEST * slice.across) / Math.max(...heights);
  pen.save();
  pen.beginPath();
  pen.rect(axes.x.offset, axes.y.offset, axes.x.length, axes.y.length);
  pen.clip();
  pen.strokeStyle = slice.ink;
  line(pen, [
    [column, axes.y.offset],
    [column, axes.y.offset + axes.y.length],
  ]);
  const curve = values.map((value, i): [number, number] => [
    placeOn(axes.x, at + scale * (heights[i] ?? 0)),
    heightOn(axes.y, value),
  ]);
  pen.strokeStyle = slice.colour;
  pen.lineWidth = 2;
  line(pen, curve);
  pen.lineWidth = 4;
  const ends = [-1, 1].map((sign) => found.mean + sign * found.deviation);
  line(
    pen,
    ends.map((value) => [column, heightOn(axes.y, value)]),
  );
  pen.fillStyle = slice.colour;
  pen.beginPath();
  pen.arc(column, heightOn(axes.y, found.mean), 5, 0, 2 * Math.PI);
  pen.fill();
  pen.restore();
  label(pen, words(slice, at, found.mean, ends), column, axes, slice);
}

function line(pen: CanvasRenderingContext2D, points: readonly (readonly number[])[]): void {
  pen.beginPath();
  for (const [x = 0, y = 0] of points) {
    pen.lineTo(x, y);
  }
  pen.stroke();
}

// Values that hold nearly all of the distribution, as close as its narrowest part needs them.
function along({ weights, means, variances }: Conditional): number[] {
  const least = LEAST * Math.max(...weights);
  const steps = Array.from({ length: PLACES }, (_, i) => REACH * ((2 * i) / (PLACES - 1) - 1));
  const parts = means.map((mean, j) => ({ mean, wide: Math.sqrt(variances[j] ?? 0) }));
  const seen = parts.filter((_, j) => (weights[j] ?? 0) > least);
  return seen
    .flatMap(({ mean, wide }) => steps.map((step) => mean + step * wide))
    .sort((a, b) => a - b);
}

// Numbers as the axes have them.
function words({ bends }: Slice, at: number, mean: number, ends: readonly number[]): string {
  const [across, up] = bends.map((bend) => BACK[bend] ?? ((value: number) => value));
  const said = (value: number, back = up) =>
    spoken(Number((back?.(value) ?? value).toPrecision(DIGITS)));
  const [low, high] = ends.map((end) => said(end));
  return `at ${said(at, across)}: mean ${said(mean)}, ${low} to ${high}`;
}

// Effect: what the slice is in numbers stands at its foot, within the plot.
function label(
  pen: CanvasRenderingContext2D,
  text: string,
  column: number,
  { x, y }: { readonly x: Axis; readonly y: Axis },
  { ink, paper }: Slice,
): void {
  pen.font = `600 ${plotLetter() || LETTER}px ${getComputedStyle(canvas).fontFamily}`;
  const wide = pen.measureText(text).width;
  const left = Math.min(Math.max(column + 6, x.offset + 4), x.offset + x.length - wide - 4);
  pen.lineWidth = 4;
  pen.strokeStyle = paper; // so that it can be read over the points
  pen.fillStyle = ink;
  pen.strokeText(text, left, y.offset + y.length - 8);
  pen.fillText(text, left, y.offset + y.length - 8);
}

export function listen(): void {
  document.addEventListener("pointermove", move);
  document.addEventListener("pointerleave", () => canvas.remove());
  hear(() => canvas.remove()); // the picture is about to be another one
}
