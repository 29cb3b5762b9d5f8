// The zoom of plots: kept when a parameter changes, the same in neighbours, and reset together.

import { isShown } from "../../kernel/page.ts";
import {
  type AxisLayout,
  boxOf,
  type Layout,
  type Plot,
  type PlotEvent,
  plotOf,
  type Range,
  relayout,
} from "../../kernel/plotly.ts";

interface Ranges {
  readonly x: Range;
  readonly y: Range;
}

interface Zoom extends Ranges {
  readonly frame: unknown; // of the data it was chosen for
}

const zoomed = new Map<string, Zoom>(); // link -> what the user chose
const home = new Map<string, Ranges>(); // plot -> what the server proposed
const pans = new Map<string, boolean>(); // plot -> whether it can be dragged about
const finger = (): boolean => window.matchMedia("(hover: none)").matches;
let spreading = false; // while the zoom of one plot goes to others, theirs is no user's choice

// Neighbours that zoom together say so around them.
const linkOf = (name: string): string =>
  boxOf(name)?.closest<HTMLElement>("[data-link]")?.dataset.link || name;

const linked = (link: string): string[] =>
  [...home.keys()].filter((name) => plotOf(name) && linkOf(name) === link);

// A figure's layout at the zoom the user has chosen for these data.
export function keepZoom(name: string, layout: Layout, frame: unknown): void {
  const link = linkOf(name);
  const { xaxis, yaxis } = layout;
  if (xaxis?.range && yaxis?.range) {
    home.set(name, { x: xaxis.range, y: yaxis.range });
    const zoom = zoomed.get(link);
    if (zoom && zoom.frame === frame) {
      layout.xaxis = { ...xaxis, range: chosen(xaxis, zoom.x) };
      layout.yaxis = { ...yaxis, range: chosen(yaxis, zoom.y) };
    } else if (zoom) {
      zoomed.delete(link);
      mark(link, false);
    }
  }
  pans.set(name, layout.dragmode === "pan");
  if (finger() && pans.get(name) && !zoomed.has(link)) {
    layout.dragmode = false; // a finger on the plot scrolls the page, until there is a zoom to move
  }
}

// Where an axis ends under a zoom. One that cannot be zoomed is the picture's: words speak of it.
const chosen = ({ fixedrange, range }: AxisLayout, zoomed: Range): Range =>
  fixedrange === true && range ? range : zoomed;

// A user's zoom of one plot goes to its neighbours and is remembered.
export function spread(name: string, plot: Plot, change: PlotEvent): void {
  if (spreading || !("xaxis.range[0]" in change || "yaxis.range[0]" in change)) {
    return;
  }
  const { xaxis, yaxis, meta } = plot.layout;
  if (!xaxis?.range || !yaxis?.range) {
    return;
  }
  const zoom: Zoom = { frame: meta?.frame, x: [...xaxis.range], y: [...yaxis.range] };
  const link = linkOf(name);
  zoomed.set(link, zoom);
  mark(link, true);
  const others = linked(link).filter((other) => other !== name && isShown(boxOf(other)));
  move(others.map((other): [string, Ranges] => [other, zoom]));
}

export function reset(name: string): void {
  const link = linkOf(name);
  zoomed.delete(link);
  mark(link, false);
  goHome(name);
}

// Effect: the axes are where the page's own pictures had them, or where a user's zoom has.
export function goHome(name: string): void {
  const link = linkOf(name);
  const zoom = zoomed.get(link);
  move(
    linked(link).flatMap((one): [string, Ranges][] => {
      const [ranges, layout] = [home.get(one), plotOf(one)?.layout];
      return ranges ? [[one, zoom ? under(zoom, ranges, layout) : ranges]] : [];
    }),
  );
}

const under = (zoom: Zoom, home: Ranges, layout: Layout | undefined): Ranges => ({
  x: chosen({ ...layout?.xaxis, range: home.x }, zoom.x),
  y: chosen({ ...layout?.yaxis, range: home.y }, zoom.y),
});

// Longer labels narrow a plot, which then keeps its scale by another range: so it is told twice.
function move(plots: readonly [string, Ranges][], again = true): void {
  spreading = true;
  const done = plots.map(([name, { x, y }]) => {
    const plot = plotOf(name);
    return plot && relayout(plot, { "xaxis.range": [...x], "yaxis.range": [...y] });
  });
  Promise.allSettled(done).then(() => {
    const astray = again ? plots.filter(([name, ranges]) => !isAt(plotOf(name), ranges)) : [];
    spreading = false;
    if (astray.length) {
      move(astray, false);
    }
  });
}

const NEARLY = 1e-3; // of a range

function isAt(plot: Plot | null, { x: [low, high] }: Ranges): boolean {
  const [left, right] = plot?.layout.xaxis?.range ?? [low, high];
  return Math.max(Math.abs(left - low), Math.abs(right - high)) <= NEARLY * Math.abs(high - low);
}

function mark(link: string, on: boolean): void {
  for (const name of linked(link)) {
    boxOf(name)?.closest(".panel")?.classList.toggle("zoomed", on);
    if (finger() && pans.get(name) && plotOf(name)?.layout) {
      window.setTimeout(() => {
        const plot = plotOf(name); // the page may have been built anew meanwhile
        if (plot) {
          relayout(plot, { dragmode: on ? "pan" : false });
        }
      });
    }
  }
}
