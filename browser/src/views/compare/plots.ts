// Compare's two plots under a canvas each, as long as K is dragged.

import { methods } from "../../contract.ts";
import { sharpPen } from "../../kernel/canvas.ts";
import { isShown, make } from "../../kernel/page.ts";
import { axesOf, boxOf, type Plot, plotOf } from "../../kernel/plotly.ts";
import { placeOf } from "./place.ts";
import { draw, type LiveTrace, type Positions } from "./traces.ts";

const CANVAS = "live-canvas";
const NAMES = Object.keys(methods);

const frameOf = (name: string): HTMLElement | null =>
  boxOf(name)?.closest<HTMLElement>(".plot-box") ?? null;

const canvasOf = (box: HTMLElement): HTMLCanvasElement | null =>
  box.querySelector<HTMLCanvasElement>(`.${CANVAS}`);

export const isOurs = (name: string): boolean => NAMES.includes(name);

// Whether both are there, and show nothing but what a canvas can.
export const drawable = (): boolean =>
  NAMES.every((name) => {
    const plot = plotOf(name);
    const plain = plot?.data?.length && plot.data.every(({ type }) => type === "scatter");
    return plain && isShown(plot) && axesOf(plot) !== null;
  });

// How many clusters Plotly shows in a plot.
export const clustersIn = (plot: Plot | null): number =>
  (plot?.data ?? []).filter((trace) => "customdata" in trace).length;

export const clusters = (): Map<string, number> =>
  new Map(NAMES.map((name) => [name, clustersIn(plotOf(name))]));

// Effect: both show these traces, at the axes as they are; `reached`: it is what the hand wants.
export function show(pictures: Record<string, unknown>, points: Positions, reached: boolean): void {
  for (const name of NAMES) {
    const [box, axes] = [frameOf(name), axesOf(plotOf(name))];
    if (box && axes) {
      const canvas = canvasOf(box) ?? make("canvas", { class: CANVAS, "aria-hidden": "true" });
      box.append(canvas);
      const pen = sharpPen(canvas, box.clientWidth, box.clientHeight);
      if (pen) {
        draw(pen, pictures[name] as LiveTrace[], points, placeOf(axes), familyOf(plotOf(name)));
        box.dataset.live = reached ? "now" : "behind";
      }
    }
  }
}

// Effect: what is shown is not what the hand wants, until something is shown again.
export function fallBehind(): void {
  for (const box of document.querySelectorAll<HTMLElement>(".plot-box[data-live]")) {
    box.dataset.live = "behind";
  }
}

// Effect: Plotly's own drawing is seen again.
export function uncover(): void {
  for (const name of NAMES) {
    const box = frameOf(name);
    if (box) {
      canvasOf(box)?.remove();
      delete box.dataset.live;
    }
  }
}

function familyOf(plot: Plot | null): string {
  const font = plot?.layout.font as { family?: string } | undefined;
  return font?.family ?? "sans-serif";
}
