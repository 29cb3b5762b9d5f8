// The one place that knows Plotly. What it does not offer in public (where its axes lie, whether
// it has forgotten who listens) is read here and nowhere else.

import { ids } from "../contract.ts";
import { find } from "./page.ts";

export type Range = [number, number];

export interface AxisLayout {
  range?: Range;
  title?: { text?: string; font?: Font };
  tickfont?: Font;
  [key: string]: unknown;
}

export interface Font {
  size?: number;
  [key: string]: unknown;
}

export interface Layout {
  xaxis?: AxisLayout;
  yaxis?: AxisLayout;
  scene?: Record<string, unknown>;
  dragmode?: string | false;
  legend?: { font?: Font; [key: string]: unknown };
  annotations?: { font?: Font; [key: string]: unknown }[];
  meta?: Record<string, unknown>;
  [key: string]: unknown;
}

export type Trace = Record<string, unknown>;

export interface Figure {
  data: Trace[];
  layout: Layout;
}

export interface PlotPoint {
  readonly customdata?: unknown;
  readonly x?: unknown;
  readonly y?: unknown;
}

export interface PlotEvent {
  readonly points?: readonly PlotPoint[];
  readonly event?: MouseEvent;
  readonly [change: string]: unknown;
}

// An axis as it is drawn: its range, and where it lies within the plot's box, in pixels.
export interface Axis {
  readonly range: Range;
  readonly offset: number;
  readonly length: number;
}

interface FullAxis {
  range: (number | string)[];
  _offset?: number;
  _length?: number;
}

export interface Plot extends HTMLElement {
  data: Trace[];
  layout: Layout;
  on?(name: string, act: (event: PlotEvent) => void): void;
  emit?(name: string): void;
  _fullLayout?: { xaxis?: FullAxis; yaxis?: FullAxis; meta?: Record<string, unknown> };
}

interface Library {
  react(plot: Plot, data: Trace[], layout: Layout): Promise<unknown>;
  relayout(plot: Plot, change: Record<string, unknown>): Promise<unknown>;
  toImage(figure: Figure, how: Record<string, unknown>): Promise<string>;
}

const library = () => (window as unknown as { Plotly: Library }).Plotly;
const PLOT = ".js-plotly-plot";

export const boxOf = (name: string): HTMLElement | null => find(ids.graph(name));
export const plotIn = (box: Element | null | undefined): Plot | null =>
  box?.querySelector<Plot>(PLOT) ?? null;
export const plotOf = (name: string): Plot | null => plotIn(boxOf(name));
export const allPlots = (within: ParentNode): Plot[] => [...within.querySelectorAll<Plot>(PLOT)];

// Effect: a plot shows another figure, for as long as Dash gives it none.
export const react = (plot: Plot, { data, layout }: Figure): Promise<unknown> =>
  library().react(plot, data, layout);

// Effect: a plot says something else of itself, without being drawn anew; who listens hears of it
// as if it had been.
export function retell(plot: Plot, meta: Record<string, unknown> | undefined): void {
  for (const layout of [plot.layout, plot._fullLayout]) {
    if (layout && meta) {
      layout.meta = meta;
    }
  }
  plot.emit?.("plotly_afterplot");
}

export const relayout = (plot: Plot, change: Record<string, unknown>): Promise<unknown> =>
  library().relayout(plot, change);

export const toImage = (figure: Figure, how: Record<string, unknown>): Promise<string> =>
  library().toImage(figure, how);

// Whether this is the part of a plot that is dragged to zoom: no button, title or axis.
export const isGround = (target: Element): boolean => target.closest(".nsewdrag") !== null;

// The axes as drawn, or nothing while the plot is empty or hidden.
export function axesOf(plot: Plot | null): { x: Axis; y: Axis } | null {
  const [x, y] = [drawnAxis(plot?._fullLayout?.xaxis), drawnAxis(plot?._fullLayout?.yaxis)];
  return x && y ? { x, y } : null;
}

function drawnAxis(axis: FullAxis | undefined): Axis | null {
  const [low, high] = (axis?.range ?? []).map(Number);
  const { _offset: offset, _length: length } = axis ?? {};
  return low !== undefined && high !== undefined && offset !== undefined && length
    ? { range: [low, high], offset, length }
    : null;
}

// What a figure said of itself; the empty plot says nothing.
export const metaOf = (plot: Plot | null): Record<string, unknown> | undefined =>
  plot?._fullLayout?.meta;

type Built = (plot: Plot, name: string) => void;
const listeners: Built[] = [];
const heard = new WeakMap<Plot, Plot["on"]>();

// Effect: `act` runs for every plot that Plotly builds from scratch, when those who listened to an
// earlier one are forgotten: the place to attach to its events.
export function onBuilt(act: Built): void {
  listeners.push(act);
  if (listeners.length === 1) {
    new MutationObserver(built).observe(document.documentElement, {
      subtree: true,
      childList: true,
    });
  }
}

function built(changes: MutationRecord[]): void {
  for (const change of changes) {
    for (const node of change.addedNodes) {
      if (node instanceof SVGElement && node.classList.contains("main-svg")) {
        tell(node.closest<Plot>(PLOT));
      }
    }
  }
}

function tell(plot: Plot | null): void {
  const name = plot ? nameOf(plot) : null;
  if (plot?.on && name !== null && heard.get(plot) !== plot.on) {
    heard.set(plot, plot.on);
    for (const act of listeners) {
      act(plot, name);
    }
  }
}

function nameOf(plot: Plot): string | null {
  const spelt = plot.closest("[id^='{']")?.id;
  const id = spelt ? JSON.parse(spelt) : {};
  return id.kind === ids.graph("").kind ? id.name : null;
}
