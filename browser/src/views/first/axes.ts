// Draws the axes of a plot that came with the page, where plotly.js will draw them.

import { draw as make } from "../../kernel/svg.ts";
import { type AxisAsked, fitted, type Range, type Tick, ticksOf } from "./ranges.ts";

// As figures/still.py writes it; an empty plot has no axes.
interface Axes {
  readonly x: AxisAsked;
  readonly y: AxisAsked;
  readonly ratio?: number;
  readonly marks: readonly (readonly [x: number, y: number, text: string])[];
}

interface Drawn {
  readonly left: number;
  readonly right: number;
  readonly foot: number;
  readonly x: { readonly range: Range; readonly ticks: readonly Tick[] };
  readonly y: { readonly range: Range; readonly ticks: readonly Tick[] };
  readonly across: (at: number) => number;
  readonly up: (at: number) => number;
}

const MARGIN = 8; // pixels around a plot, as in figures/frame.py
const SMALLEST = 11; // pixels of letters outside a presentation
const APART = { x: 80, y: 40 }; // pixels between ticks, at least

export function drawAxes(plot: HTMLElement, letters: number): void {
  const axes = JSON.parse(plot.dataset.axes ?? "{}") as Partial<Axes>;
  plot.querySelector(".first-axes")?.remove();
  if (isWhole(axes)) {
    draw(plot, axes, letters || SMALLEST);
  }
}

const isWhole = (axes: Partial<Axes>): axes is Axes => axes.x !== undefined;

function draw(plot: HTMLElement, axes: Axes, letters: number): void {
  const svg = layer();
  plot.prepend(svg);
  const { width, height } = plot.getBoundingClientRect();
  const bottom = Math.round(24 + 2 * letters);
  const drawn = placed(svg, axes, width, height, bottom, letters);
  lines(svg, drawn, letters);
  titles(svg, axes, drawn, height, letters);
  const area = plot.querySelector<HTMLElement>(".first-area");
  const picture = area?.querySelector("svg");
  if (area && picture) {
    area.style.inset = `${MARGIN}px ${MARGIN}px ${bottom}px ${drawn.left}px`;
    show(picture, axes, drawn);
    marks(area.appendChild(layer()), axes, drawn);
  }
}

// plotly.js fits the ranges to the plot without labels first, then to what these leave of it.
function placed(
  svg: SVGElement,
  axes: Axes,
  width: number,
  height: number,
  bottom: number,
  letters: number,
): Drawn {
  const fit = (x: Range, y: Range, wide: number, high: number) =>
    fitted(x, y, wide, high, axes.ratio);
  const tall = height - MARGIN - bottom;
  const bare = fit(axes.x.range, axes.y.range, width - 2 * MARGIN, height - 2 * MARGIN);
  const at = (left: number) => {
    const wide = width - left - MARGIN;
    const [x, y] = fit(...bare, wide, tall);
    const ticks = {
      x: ticksOf(axes.x, x, wide, APART.x),
      y: ticksOf(axes.y, y, tall, APART.y),
    };
    return { x: { range: x, ticks: ticks.x }, y: { range: y, ticks: ticks.y } };
  };
  const room = (ticks: readonly Tick[]) => Math.round(widest(svg, ticks) + 22.6 + 0.823 * letters);
  const shown = at(room(at(4 * letters).y.ticks));
  const left = room(shown.y.ticks);
  const right = width - MARGIN;
  const share = (value: number, [low, high]: Range) => (value - low) / (high - low);
  return {
    ...shown,
    left,
    right,
    foot: MARGIN + tall,
    across: (value) => left + share(value, shown.x.range) * (right - left),
    up: (value) => MARGIN + (1 - share(value, shown.y.range)) * tall,
  };
}

function lines(svg: SVGElement, { left, right, foot, x, y, across, up }: Drawn, letters: number) {
  for (const [at, text] of x.ticks) {
    const [place, low] = [across(at), foot + 7 + letters];
    add(svg, "line", { x1: place, x2: place, y1: MARGIN, y2: foot + 4 });
    add(svg, "text", { class: "tick", x: place, y: low, "text-anchor": "middle" }, text);
  }
  for (const [at, text] of y.ticks) {
    const [place, side] = [up(at), left - 7];
    add(svg, "line", { x1: left - 4, x2: right, y1: place, y2: place });
    const low = place + 0.36 * letters;
    add(svg, "text", { class: "tick", x: side, y: low, "text-anchor": "end" }, text);
  }
}

function titles(svg: SVGElement, axes: Axes, drawn: Drawn, height: number, letters: number): void {
  const size = Math.max(12, letters);
  const middle = { x: (drawn.left + drawn.right) / 2, y: (MARGIN + drawn.foot) / 2 };
  const anchor = { "text-anchor": "middle" };
  add(svg, "text", { x: middle.x, y: height - 9, ...anchor }, plain(axes.x.title));
  const turned = `translate(${1 + 0.97 * size}, ${middle.y}) rotate(-90)`;
  add(svg, "text", { transform: turned, ...anchor }, plain(axes.y.title));
}

function marks(svg: SVGElement, axes: Axes, { left, across, up }: Drawn): void {
  for (const [x, y, text] of axes.marks) {
    const place = { x: across(x) - left, y: up(y) - MARGIN + 4 };
    add(svg, "text", { class: "mark", ...place, "text-anchor": "middle" }, text);
  }
}

// The picture was made for the ranges asked for; of that, what the axes show.
function show(picture: SVGSVGElement, { x, y }: Axes, drawn: Drawn): void {
  const { width, height } = picture.viewBox.baseVal;
  const across = width / (x.range[1] - x.range[0]);
  const up = height / (y.range[1] - y.range[0]);
  const [[left, right], [foot, head]] = [drawn.x.range, drawn.y.range];
  const box = [
    (left - x.range[0]) * across,
    (y.range[1] - head) * up,
    (right - left) * across,
    (head - foot) * up,
  ];
  picture.setAttribute("viewBox", box.join(" "));
  picture.setAttribute("preserveAspectRatio", "none");
}

const layer = (): SVGSVGElement => make("svg", { class: "first-axes" });

// Effect: one more thing is drawn. Texts are never markup.
function add(
  parent: SVGElement,
  tag: "line" | "text",
  attributes: Readonly<Record<string, string | number>>,
  ...text: string[]
): SVGElement {
  return parent.appendChild(make(tag, attributes, ...text));
}

function widest(svg: SVGElement, ticks: readonly Tick[]): number {
  const texts = ticks.map(([, text]) => add(svg, "text", { class: "tick" }, text));
  const width = Math.max(0, ...texts.map((text) => text.getBoundingClientRect().width));
  for (const text of texts) {
    text.remove();
  }
  return width;
}

// Titles come as plotly.js reads them, with the characters of markup escaped.
const plain = (title: string): string =>
  title.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
