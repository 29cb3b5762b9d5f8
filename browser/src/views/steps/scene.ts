// Where the player draws on the page: a canvas on top of each plot, whose axes are Plotly's.

import { ids } from "../../contract.ts";
import { sharpPen } from "../../kernel/canvas.ts";
import { find, make, plotLetter } from "../../kernel/page.ts";
import { axesOf, boxOf, metaOf, onBuilt, type Plot, plotOf } from "../../kernel/plotly.ts";
import { type Run, SIDES, type Side, type Spot } from "./run.ts";
import { LETTER, type View, viewOf } from "./view.ts";

const FONT = "Inter, sans-serif";
const nameOf = (side: Side): string => ids.steps_plot(side);

export const stage = (): HTMLElement | null => find(ids.stage("steps"));

export const plotBox = (side: Side): HTMLElement | null =>
  boxOf(nameOf(side))?.closest<HTMLElement>(".plot-box") ?? null;

// The map of one plot, or nothing while Plotly has not drawn it. The empty plot has no meta yet.
export function viewOn(side: Side, run: Run): View | null {
  const plot = plotOf(nameOf(side));
  const axes = axesOf(plot);
  if (!axes || !metaOf(plot) || !plotBox(side)?.clientWidth) {
    return null;
  }
  const { x, y } = axes;
  const area = { left: x.offset, top: y.offset, width: x.length, height: y.length };
  return viewOf(run, area, x.range, y.range, FONT, plotLetter() || LETTER);
}

// A pen on the wiped canvas of one plot.
export function penOn(side: Side): CanvasRenderingContext2D | null {
  const box = plotBox(side);
  if (!box) {
    return null;
  }
  const canvas = box.querySelector<HTMLCanvasElement>("canvas.steps-canvas") ?? addCanvas(box);
  return sharpPen(canvas, box.clientWidth, box.clientHeight);
}

const addCanvas = (box: HTMLElement): HTMLCanvasElement =>
  box.appendChild(make("canvas", { class: "steps-canvas", "aria-hidden": "true" }));

// Where the axes of one plot lie, for telling whether they have moved; "" while there are none.
export function layOf(side: Side): string {
  const axes = axesOf(plotOf(nameOf(side)));
  const box = plotBox(side);
  if (!axes || !box?.clientWidth) {
    return "";
  }
  const { x, y } = axes;
  const { clientWidth, clientHeight } = box;
  return [
    x.range,
    y.range,
    x.offset,
    y.offset,
    x.length,
    y.length,
    clientWidth,
    clientHeight,
  ].join();
}

interface Heard {
  readonly axes: () => void; // Plotly has drawn axes, also while a zoom is under way
  readonly size: () => void; // a plot came into sight, or has another size
  readonly mouse: (side: Side, mouse: MouseEvent) => void;
  readonly gone: () => void;
}

const known = new WeakSet<HTMLElement>();

// Effect: these are told of both plots, as often as they are built.
export function listen({ axes, size, mouse, gone }: Heard): void {
  const sizes = new ResizeObserver(size);
  onBuilt((plot, name) => {
    const side = SIDES.find((one) => nameOf(one) === name);
    const box = side && plotBox(side);
    if (!box) {
      return;
    }
    hearAxes(plot, axes);
    if (!known.has(box)) {
      known.add(box);
      sizes.observe(box);
      box.addEventListener("mousemove", (event) => mouse(side, event));
      box.addEventListener("mouseleave", gone);
    }
  });
}

function hearAxes(plot: Plot, axes: () => void): void {
  plot.on?.("plotly_relayouting", axes);
  plot.on?.("plotly_afterplot", axes);
}

// Where a pointer is within the box of one plot, in pixels.
export function within(side: Side, { clientX, clientY }: MouseEvent): Spot {
  const edge = plotBox(side)?.getBoundingClientRect();
  return [clientX - (edge?.left ?? 0), clientY - (edge?.top ?? 0)];
}
