// Compare's two plots under a canvas each, as long as a hand moves. Each says for which value its
// picture holds: the hand may be at another already.

import { type Key, methods, type State } from "../../contract.ts";
import { sharpPen } from "../../kernel/canvas.ts";
import { isShown, make, plotLetter } from "../../kernel/page.ts";
import { axesOf, boxOf, metaOf, type Plot, plotOf, type Trace } from "../../kernel/plotly.ts";
import { mark, name as nameIt, unmark, unname } from "../../parts/live/marks.ts";
import { withText } from "../../parts/plots/plots.ts";
import type { Frame } from "./asking.ts";
import { placeOf } from "./place.ts";
import { draw, type LiveTrace } from "./traces.ts";

const CANVAS = "live-canvas";
const DRAWN: readonly string[] = ["scatter", "scattergl"];
export const NAMES = Object.keys(methods);

const frameOf = (name: string): HTMLElement | null =>
  boxOf(name)?.closest<HTMLElement>(".plot-box") ?? null;

const canvasOf = (box: HTMLElement): HTMLCanvasElement | null =>
  box.querySelector<HTMLCanvasElement>(`.${CANVAS}`);

export const isOurs = (name: string): boolean => NAMES.includes(name);

// Those in sight: a link may hide one of the methods.
const seen = (): string[] => NAMES.filter((name) => isShown(frameOf(name)));

// Whether what is in sight shows nothing but what a canvas can.
export const drawable = (): boolean =>
  seen().length > 0 &&
  seen().every((name) => {
    const plot = plotOf(name);
    const plain = plot?.data?.length && plot.data.every(({ type }) => DRAWN.includes(String(type)));
    return plain && axesOf(plot) !== null;
  });

// The value of a setting that Plotly's picture was made for.
export const madeFor = (plot: Plot | null, key: Key): unknown =>
  (metaOf(plot)?.of as Partial<State> | undefined)?.[key];

export const allMadeFor = (key: Key): Map<string, unknown> =>
  new Map(seen().map((name) => [name, madeFor(plotOf(name), key)]));

// Effect: both show this frame at the axes as they are, under the name of the value that it holds
// for; `reached`: it is what the hand wants.
export function show({ pictures, where }: Frame, named: string, reached: boolean): void {
  // Sizes first: one that is asked for after a change is one more layout of the whole page.
  for (const { name, box, axes, width, height } of seen().flatMap(sized)) {
    const canvas = canvasOf(box) ?? make("canvas", { class: CANVAS, "aria-hidden": "true" });
    if (!canvas.isConnected) {
      box.append(canvas);
    }
    nameIt(box, named);
    const pen = sharpPen(canvas, width, height);
    if (pen) {
      draw(pen, lettered(pictures?.[name]), where, placeOf(axes), familyOf(plotOf(name)));
      box.dataset.live = "";
    }
  }
  mark("compare", reached);
}

function sized(name: string) {
  const [box, axes] = [frameOf(name), axesOf(plotOf(name))];
  return box && axes ? [{ name, box, axes, width: box.clientWidth, height: box.clientHeight }] : [];
}

// Whether canvases stand before what is in sight.
export const covered = (): boolean =>
  seen().length > 0 && seen().every((name) => frameOf(name)?.dataset.live === "");

// Effect: Plotly's own drawing is seen again.
export function uncover(): void {
  for (const name of NAMES) {
    const box = frameOf(name);
    if (box) {
      canvasOf(box)?.remove();
      unname(box);
      delete box.dataset.live;
    }
  }
  unmark("compare");
}

// Traces with letters as large as the page's own pictures have them.
function lettered(traces: unknown): LiveTrace[] {
  const [found, size] = [traces as Trace[], plotLetter()];
  return (size ? found.map((trace) => withText(trace, size)) : found) as unknown as LiveTrace[];
}

function familyOf(plot: Plot | null): string {
  const font = plot?.layout.font as { family?: string } | undefined;
  return font?.family ?? "sans-serif";
}
