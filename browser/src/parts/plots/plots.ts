// Plots: from the server's figure to what Plotly draws, and what a plot hears. Drawing itself is
// Plotly's.

import { ids, type Picture } from "../../contract.ts";
import { keep, set, type Unchanged } from "../../kernel/dash.ts";
import { find, onClick, plotLetter } from "../../kernel/page.ts";
import {
  allPlots,
  type Figure,
  type Font,
  type Layout,
  metaOf,
  onBuilt,
  type Plot,
  type PlotEvent,
  plotOf,
  type Trace,
} from "../../kernel/plotly.ts";
import { say } from "../said.ts";
import { type Hover, linesOf } from "./hover.ts";
import { pointCard } from "./point_card.ts";
import { redraw } from "./redraw.ts";
import { keepZoom, reset, spread } from "./zoom.ts";

const hovers = new Map<string, Hover | null>(); // plot -> what its points are
const cameras = new Map<string, unknown>(); // plot -> from where the user looks at it in space
const card = pointCard();

// Until when a picture need not be drawn, where something else shows it as well.
type Shown = (name: string) => Promise<void> | null;
let shown: Shown = () => null;
const newest = new Map<string, Picture>();
const throughDash = new Map<string, number>(); // plot -> the turn of the figure it was given last
let turns = 0; // figures made

// Effect: pictures wait as long as `elsewhere` says.
export function waitWhile(elsewhere: Shown): void {
  shown = elsewhere;
}

// What to draw of a picture that has come: nothing, where a newer one has come while it waited.
export function draw(picture: Picture | null): Figure | Unchanged | Promise<Figure | Unchanged> {
  if (!picture) {
    return keep();
  }
  newest.set(picture.name, picture);
  const waits = shown(picture.name);
  return waits
    ? waits.then(() => (newest.get(picture.name) === picture ? figureOf(picture) : keep()))
    : figureOf(picture);
}

// Effect: a picture is drawn, where no callback of Dash's does it. The first of a plot builds it,
// which is for Dash to do.
export async function present(picture: Picture): Promise<void> {
  const { name } = picture;
  const figure = await draw(picture);
  if (!isFigure(figure)) {
    return;
  }
  const plot = plotOf(name);
  if (plot && isBuilt(plot, name)) {
    await redraw(plot, figure);
  } else {
    throughDash.set(name, Number(figure.layout.meta?.turn));
    set(ids.graph(name), { figure });
  }
}

const isFigure = (figure: Figure | Unchanged): figure is Figure => figure !== keep();

// Whether a plot shows all that Dash was given for it, so that none of that comes later.
const isBuilt = (plot: Plot, name: string): boolean =>
  Number(metaOf(plot)?.turn) >= (throughDash.get(name) ?? Number.POSITIVE_INFINITY);

// The figure to draw: the server's, at the zoom the user has chosen for these data.
export function figureOf(picture: Picture): Figure {
  const { name, frame, of, words } = picture;
  const figure = picture.figure as unknown as Figure;
  const layout: Layout = { ...figure.layout };
  hovers.set(name, (picture.hover ?? null) as Hover | null);
  document.body.classList.add("drawn");
  if (words !== undefined) {
    say(find(ids.described(name)), words); // else something in the browser says it
  }
  keepZoom(name, layout, frame);
  if (layout.scene && cameras.has(name)) {
    layout.scene = { ...layout.scene, camera: cameras.get(name) };
  }
  const data = enlarge({ data: figure.data, layout });
  turns += 1;
  layout.meta = { ...layout.meta, frame, name, of, turn: turns };
  return { data, layout };
}

// A presentation has larger letters. Plotly must be told, or it leaves too little room for them
// and writes a title across the numbers beside it.
function enlarge({ data, layout }: Figure): Trace[] {
  const size = plotLetter();
  if (!size) {
    return data;
  }
  const larger = (font: Font | undefined): Font => ({
    ...font,
    size: Math.max(size, font?.size ?? 0),
  });
  for (const name of Object.keys(layout).filter((key) => /^[xy]axis\d*$/.test(key))) {
    const axis = layout[name] as NonNullable<Layout["xaxis"]>;
    const title = axis.title && { title: { ...axis.title, font: larger(axis.title.font) } };
    layout[name] = { ...axis, ...title, tickfont: larger(axis.tickfont) };
  }
  if (layout.legend) {
    layout.legend = { ...layout.legend, font: larger(layout.legend.font) };
  }
  if (layout.annotations) {
    layout.annotations = layout.annotations.map((text) => ({ ...text, font: larger(text.font) }));
  }
  return data.map((trace) => withText(trace, size));
}

// Letters on points grow, and the discs below them with them.
export function withText(trace: Trace, size: number): Trace {
  const font = trace.textfont as Font | undefined;
  if (!font?.size) {
    return trace;
  }
  const marker = trace.marker as { size?: unknown } | undefined;
  const times = Math.max(size / font.size, 1);
  const disc =
    typeof marker?.size === "number" ? { marker: { ...marker, size: marker.size * times } } : {};
  return { ...trace, ...disc, textfont: { ...font, size: font.size * times } };
}

function showCard(name: string, { points, event }: PlotEvent): void {
  const hover = hovers.get(name);
  const point = points?.[0];
  if (hover && event && point?.customdata !== undefined) {
    card.show(event, linesOf(hover, point.customdata));
  }
}

// Effect: plots hear zooms, double clicks and the mouse.
export function listen(): void {
  onBuilt((plot, name) => {
    plot.on?.("plotly_relayout", (change) => {
      if (change["scene.camera"]) {
        cameras.set(name, change["scene.camera"]);
      }
      spread(name, plot, change);
    });
    plot.on?.("plotly_doubleclick", () => reset(name));
    plot.on?.("plotly_hover", (event) => showCard(name, event));
    plot.on?.("plotly_unhover", card.hide);
  });
  onClick(".reset-zoom", (button) => {
    const panel = button.closest(".panel");
    const names = panel ? allPlots(panel).map((plot) => String(plot.layout?.meta?.name ?? "")) : [];
    names.slice(0, 1).forEach(reset);
  });
  window.addEventListener("scroll", card.hide, true);
}
