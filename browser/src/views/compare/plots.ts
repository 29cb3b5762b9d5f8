// Compare's two plots under a canvas each, as long as K is dragged. Each says for which value its
// picture holds: the hand may be at another already.

import { ids, methods } from "../../contract.ts";
import { sharpPen } from "../../kernel/canvas.ts";
import { find, isShown, make } from "../../kernel/page.ts";
import { axesOf, boxOf, type Plot, plotOf } from "../../kernel/plotly.ts";
import { placeOf } from "./place.ts";
import { draw, type LiveTrace, type Positions } from "./traces.ts";

const CANVAS = "live-canvas";
const TAG = "live-value";
const NAMES = Object.keys(methods);

const frameOf = (name: string): HTMLElement | null =>
  boxOf(name)?.closest<HTMLElement>(".plot-box") ?? null;

const canvasOf = (box: HTMLElement): HTMLCanvasElement | null =>
  box.querySelector<HTMLCanvasElement>(`.${CANVAS}`);

const tagOf = (box: HTMLElement): Element | null => box.querySelector(`.${TAG}`);

const stage = (): HTMLElement | null => find(ids.stage("compare"));

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

export interface Shown {
  readonly pictures: Readonly<Record<string, unknown>>;
  readonly points: Positions;
  readonly named: string; // the value that this holds for
  readonly reached: boolean; // it is what the hand wants
}

// Effect: both show these traces, at the axes as they are.
export function show({ pictures, points, named, reached }: Shown): void {
  for (const name of NAMES) {
    const [box, axes] = [frameOf(name), axesOf(plotOf(name))];
    if (box && axes) {
      const canvas = canvasOf(box) ?? make("canvas", { class: CANVAS, "aria-hidden": "true" });
      const tag = tagOf(box) ?? make("span", { class: TAG, "aria-hidden": "true" });
      box.append(canvas, tag);
      tag.textContent = named;
      const pen = sharpPen(canvas, box.clientWidth, box.clientHeight);
      if (pen) {
        draw(pen, pictures[name] as LiveTrace[], points, placeOf(axes), familyOf(plotOf(name)));
        box.dataset.live = "";
      }
    }
  }
  mark(reached);
}

// Effect: all that is said and shown is marked as what the hand wants, or as what it has left.
export function mark(reached: boolean): void {
  const where = stage();
  if (where) {
    where.dataset.live = reached ? "now" : "behind";
  }
}

// Effect: Plotly's own drawing is seen again.
export function uncover(): void {
  for (const name of NAMES) {
    const box = frameOf(name);
    if (box) {
      canvasOf(box)?.remove();
      tagOf(box)?.remove();
      delete box.dataset.live;
    }
  }
  delete stage()?.dataset.live;
}

function familyOf(plot: Plot | null): string {
  const font = plot?.layout.font as { family?: string } | undefined;
  return font?.family ?? "sans-serif";
}
