// Answers that are places on a plot: where somebody points, and where a class has pointed.

import type { ClassQuestion } from "../../contract.ts";
import { onClick } from "../../kernel/page.ts";
import { type Axis, allPlots, axesOf, type Plot } from "../../kernel/plotly.ts";
import { draw } from "../../kernel/svg.ts";

type Place = readonly number[];

const CLASS = "class-points";
const WIDER = 0.5; // of a plot's width: on other screens plots reach farther

const plots = (): Plot[] =>
  [...document.querySelectorAll<HTMLElement>(".stage:not([hidden])")]
    .flatMap((stage) => allPlots(stage))
    .filter((plot) => plot.offsetParent !== null && axesOf(plot) !== null);

const along = ({ range: [low, high], offset, length }: Axis, value: number): number =>
  offset + (length * (value - low)) / (high - low);

const back = ({ range: [low, high], offset, length }: Axis, pixel: number): number =>
  low + ((high - low) * (pixel - offset)) / length;

const flipped = ({ range: [low, high], ...rest }: Axis): Axis => ({ ...rest, range: [high, low] });

const wider = ({ range: [low, high] }: Axis): [number, number] => {
  const more = WIDER * (high - low);
  return [low - more, high + more];
};

// Where answers may lie: on the first plot in sight, and somewhat around it.
export function bounds(): Pick<ClassQuestion, "x" | "y"> | null {
  const axes = axesOf(plots()[0] ?? null);
  return axes && { x: wider(axes.x), y: wider(axes.y) };
}

// Effect: places are marked on all plots in sight; those of before go.
export function mark(places: readonly Place[], kind = ""): void {
  for (const old of document.querySelectorAll(`.${CLASS}`)) {
    old.remove();
  }
  for (const plot of places.length ? plots() : []) {
    const axes = axesOf(plot);
    if (axes) {
      const [x, y] = [axes.x, flipped(axes.y)];
      const dots = places.map(([px = 0, py = 0]) =>
        draw("circle", { cx: along(x, px), cy: along(y, py), r: 7 }),
      );
      plot.append(
        draw("svg", { class: `${CLASS} ${kind}`.trim(), "aria-hidden": "true" }, ...dots),
      );
    }
  }
}

let pointed: ((place: [number, number]) => void) | null = null;

// Effect: a press on a plot tells `act` the place, until somebody else wants to know or nobody.
export function whenPointed(act: ((place: [number, number]) => void) | null): void {
  pointed = act;
}

export function listen(): void {
  onClick<Plot>(".js-plotly-plot", (plot, event) => {
    const axes = axesOf(plot);
    if (!pointed || !axes) {
      return;
    }
    const box = plot.getBoundingClientRect();
    const x = back(axes.x, event.clientX - box.left);
    const y = back(flipped(axes.y), event.clientY - box.top);
    pointed([x, y]);
  });
}
