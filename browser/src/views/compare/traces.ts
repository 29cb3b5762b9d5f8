// Draws the traces of a cluster plot on a canvas, so that nobody can tell that it is not Plotly.

import { type Packed, unpack } from "../../kernel/packed.ts";
import type { Place } from "./place.ts";

interface Marker {
  readonly symbol?: string; // discs where none is told
  readonly size: number | Packed; // pixels across
  readonly color: string;
  readonly opacity: number;
  readonly line: { readonly width: number; readonly color: string | readonly string[] };
}

export interface PointsTrace {
  readonly mode: "markers";
  readonly customdata: Packed; // numbers of points
  readonly marker: Marker;
}

export interface OutlineTrace {
  readonly mode: "lines";
  readonly ellipse: Packed; // centre, half an axis, half the other
  readonly line: { readonly color: string; readonly width: number };
  readonly fillcolor: string;
}

// Borders between clusters; of one column the bars, the components' curves, and the cuts.
export interface LinesTrace {
  readonly mode: "lines";
  readonly ellipse?: undefined;
  readonly x: Packed; // corners, with a gap from one line to the next
  readonly y: Packed;
  readonly line: { readonly color: string; readonly width: number; readonly dash?: string };
  readonly fill?: "toself" | "tozeroy"; // within, or down to the axis
  readonly fillcolor?: string;
}

export interface CentresTrace {
  readonly mode: "markers+text";
  readonly x: Packed;
  readonly y: Packed;
  readonly text: readonly string[];
  readonly textfont: { readonly size: number; readonly color: string; readonly weight: number };
  readonly marker: Marker;
}

export type LiveTrace = PointsTrace | OutlineTrace | LinesTrace | CentresTrace;

export interface Positions {
  readonly x: Packed;
  readonly y: Packed;
}

export type Pen = Pick<
  CanvasRenderingContext2D,
  | "arc"
  | "beginPath"
  | "clip"
  | "closePath"
  | "fill"
  | "fillStyle"
  | "fillText"
  | "font"
  | "globalAlpha"
  | "lineJoin"
  | "lineTo"
  | "lineWidth"
  | "setLineDash"
  | "moveTo"
  | "rect"
  | "restore"
  | "save"
  | "stroke"
  | "strokeStyle"
  | "textAlign"
  | "textBaseline"
>;

const TURN = 2 * Math.PI;
const CROSS = "x-thin"; // Plotly's name
const CORNERS = 64; // of an outline, as many as the figure has
const BASELINE = 0.25; // of a letter's size, below the middle of a text: as Plotly places it

const floats = (packed: Packed): Float32Array => unpack(packed, Float32Array);
const at = (values: ArrayLike<number>, i: number): number => values[i] ?? Number.NaN;

// Effect: all of a plot is on the canvas, and nothing beyond its axes.
export function draw(
  pen: Pen,
  traces: readonly LiveTrace[],
  points: Positions,
  place: Place,
  family: string,
): void {
  pen.save();
  pen.beginPath();
  pen.rect(place.left, place.top, place.width, place.height);
  pen.clip();
  for (const trace of traces) {
    if (trace.mode === "lines" && trace.ellipse === undefined) {
      lines(pen, trace, place);
    } else if (trace.mode === "lines") {
      outline(pen, trace, place);
    } else if (trace.mode === "markers") {
      dots(pen, trace, points, place);
    } else {
      centres(pen, trace, place, family);
    }
  }
  pen.restore();
}

// The corners of an outline, where the figure has them.
export function corners(ellipse: ArrayLike<number>): [x: number, y: number][] {
  const part = (i: number) => at(ellipse, i);
  return Array.from({ length: CORNERS }, (_, j) => {
    const [one, other] = [Math.cos((j / CORNERS) * TURN), Math.sin((j / CORNERS) * TURN)];
    return [part(0) + one * part(2) + other * part(4), part(1) + one * part(3) + other * part(5)];
  });
}

function outline(pen: Pen, { ellipse, line, fillcolor }: OutlineTrace, place: Place): void {
  pen.beginPath();
  for (const [x, y] of corners(floats(ellipse))) {
    pen.lineTo(place.px(x), place.py(y));
  }
  pen.closePath();
  pen.fillStyle = fillcolor;
  pen.fill();
  pen.lineWidth = line.width;
  pen.strokeStyle = line.color;
  pen.stroke();
}

function lines(pen: Pen, trace: LinesTrace, place: Place): void {
  const { line, fill, fillcolor } = trace;
  const [across, up] = [floats(trace.x), floats(trace.y)];
  if (fill && fillcolor) {
    pen.beginPath();
    along(pen, across, up, place, fill === "tozeroy" ? place.py(0) : null);
    pen.fillStyle = fillcolor;
    pen.fill();
  }
  if (line.width) {
    pen.setLineDash(line.dash?.split(",").map(Number.parseFloat) ?? []);
    pen.beginPath();
    along(pen, across, up, place, null);
    pen.lineWidth = line.width;
    pen.strokeStyle = line.color;
    pen.stroke();
    pen.setLineDash([]);
  }
}

// From corner to corner; with a `ground`, up from there and down to it in the end.
function along(
  pen: Pen,
  across: Float32Array,
  up: Float32Array,
  place: Place,
  ground: number | null,
): void {
  const isCorner = (i: number) => Number.isFinite(across[i]) && Number.isFinite(up[i]);
  across.forEach((x, i) => {
    if (!isCorner(i)) {
      return;
    }
    const px = place.px(x);
    const begins = !isCorner(i - 1);
    if (begins && ground !== null) {
      pen.moveTo(px, ground);
    }
    if (begins && ground === null) {
      pen.moveTo(px, place.py(at(up, i)));
    } else {
      pen.lineTo(px, place.py(at(up, i)));
    }
    if (ground !== null && !isCorner(i + 1)) {
      pen.lineTo(px, ground);
    }
  });
}

function dots(
  pen: Pen,
  { customdata, marker }: PointsTrace,
  points: Positions,
  place: Place,
): void {
  const [x, y] = [floats(points.x), floats(points.y)];
  const sizes = typeof marker.size === "number" ? null : floats(marker.size);
  const numbers = unpack(customdata, Int32Array);
  const { width, color } = marker.line;
  const mark = marker.symbol === CROSS ? cross : disc;
  numbers.forEach((point, i) => {
    const size = sizes ? at(sizes, i) : Number(marker.size);
    mark(pen, place.px(at(x, point)), place.py(at(y, point)), size, marker, width, String(color));
  });
}

function centres(pen: Pen, trace: CentresTrace, place: Place, family: string): void {
  const { marker, text, textfont } = trace;
  const [x, y] = [floats(trace.x), floats(trace.y)];
  const spot = (i: number): [number, number] => [place.px(at(x, i)), place.py(at(y, i))];
  text.forEach((_, i) => {
    const rim = typeof marker.line.color === "string" ? marker.line.color : marker.line.color[i];
    disc(pen, ...spot(i), Number(marker.size), marker, marker.line.width, rim ?? "");
  });
  pen.font = `${textfont.weight} ${textfont.size}px ${family}`;
  pen.fillStyle = textfont.color;
  pen.textAlign = "center";
  pen.textBaseline = "alphabetic";
  text.forEach((words, i) => {
    const [px, py] = spot(i);
    pen.fillText(words, px, py + BASELINE * textfont.size);
  });
}

// Two strokes from corner to corner of the square that a disc of this size would fill.
function cross(
  pen: Pen,
  px: number,
  py: number,
  size: number,
  { opacity }: Marker,
  width: number,
  color: string,
): void {
  const half = size / 2;
  pen.globalAlpha = opacity;
  pen.beginPath();
  for (const way of [1, -1]) {
    pen.moveTo(px + half, py + way * half);
    pen.lineTo(px - half, py - way * half);
  }
  pen.lineWidth = width;
  pen.strokeStyle = color;
  pen.stroke();
  pen.globalAlpha = 1;
}

// A marker is as opaque as a whole: what is under the rim is not seen through it.
function disc(
  pen: Pen,
  px: number,
  py: number,
  size: number,
  { color, opacity }: Marker,
  width: number,
  rim: string,
): void {
  pen.globalAlpha = opacity;
  pen.beginPath();
  pen.arc(px, py, Math.max(0, (size - width) / 2), 0, TURN);
  pen.fillStyle = color;
  pen.fill();
  pen.beginPath();
  pen.arc(px, py, size / 2, 0, TURN);
  pen.lineWidth = width;
  pen.strokeStyle = rim;
  pen.stroke();
  pen.globalAlpha = 1;
}
