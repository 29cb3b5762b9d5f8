// The pad on its canvas: axes, points, and how far the brush reaches.

import { drawing } from "../../contract.ts";
import type { Plane } from "./plane.ts";
import type { Place, Point, Points } from "./points.ts";

// The colours, which the server knows.
export interface Look {
  readonly ink: string;
  readonly muted: string;
  readonly grid: string;
  readonly paper: string;
  readonly palette: readonly string[];
}

export interface Sheet {
  readonly points: Points;
  readonly selected: number;
  readonly reach: { readonly at: Place; readonly radius: number } | null;
}

type Pen = CanvasRenderingContext2D;
type Spot = readonly [x: number, y: number];

const TURN = 2 * Math.PI;
const TICKS = 2; // units between two lines of the grid
const RADIUS = 4; // pixels, of a round point
const CORNER = 5.2; // pixels from a point's middle to its corners
const RING = 9; // pixels, around the selected point

// Groups differ by shape, too: a circle, or a polygon of so many corners, turned.
const SHAPES: Readonly<Record<string, readonly [corners: number, turned: number]>> = {
  B: [4, 0.785],
  C: [3, -1.571],
  D: [4, 0],
  E: [3, 1.571],
  F: [6, 0],
};

export function drawPad(pen: Pen, plane: Plane, look: Look, sheet: Sheet): void {
  pen.clearRect(0, 0, plane.width, plane.width);
  drawGrid(pen, plane, look);
  sheet.points.forEach((point, i) => {
    drawPoint(pen, plane, look, point);
    if (i === sheet.selected) {
      ring(pen, spotOf(plane, point), RING, look.ink, 2);
    }
  });
  if (sheet.reach) {
    const { at, radius } = sheet.reach;
    ring(pen, spotOf(plane, at), radius * plane.scale, look.muted, 1);
  }
}

const spotOf = (plane: Plane, [x, y]: Place | Point): Spot => [plane.x(x), plane.y(y)];

function ring(pen: Pen, [x, y]: Spot, radius: number, colour: string, width: number): void {
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  pen.beginPath();
  pen.arc(x, y, radius, 0, TURN);
  pen.stroke();
}

function drawGrid(pen: Pen, { x, y }: Plane, look: Look): void {
  pen.lineWidth = 1;
  pen.strokeStyle = look.grid;
  pen.fillStyle = look.muted;
  pen.font = "11px Inter, system-ui, sans-serif";
  for (let value = 0; value <= drawing.side; value += TICKS) {
    pen.beginPath();
    pen.moveTo(x(value), y(0));
    pen.lineTo(x(value), y(drawing.side));
    pen.moveTo(x(0), y(value));
    pen.lineTo(x(drawing.side), y(value));
    pen.stroke();
    pen.textAlign = "center";
    pen.textBaseline = "top";
    pen.fillText(String(value), x(value), y(0) + 7);
    pen.textAlign = "right";
    pen.textBaseline = "middle";
    pen.fillText(String(value), x(0) - 8, y(value));
  }
}

function drawPoint(pen: Pen, plane: Plane, look: Look, point: Point): void {
  const index = (drawing.groups as readonly string[]).indexOf(point[2]);
  pen.fillStyle = look.palette[index] ?? look.muted;
  pen.strokeStyle = look.paper;
  pen.lineWidth = 1;
  pen.beginPath();
  outline(pen, spotOf(plane, point), point[2]);
  pen.fill();
  pen.stroke();
}

function outline(pen: Pen, [x, y]: Spot, group: string): void {
  const shape = SHAPES[group];
  if (!shape) {
    pen.arc(x, y, RADIUS, 0, TURN);
    return;
  }
  const [corners, turned] = shape;
  for (let i = 0; i < corners; i += 1) {
    const angle = turned + (TURN * i) / corners;
    pen.lineTo(x + CORNER * Math.cos(angle), y + CORNER * Math.sin(angle));
  }
  pen.closePath();
}
