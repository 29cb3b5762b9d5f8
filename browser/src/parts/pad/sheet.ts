// The drawing that is on the pad now: whoever changes it, it is painted and told of here.

import { ids } from "../../contract.ts";
import { sharpPen } from "../../kernel/canvas.ts";
import { set } from "../../kernel/dash.ts";
import { find } from "../../kernel/page.ts";
import { painted } from "../../kernel/scheme.ts";
import { drawPad, type Sheet } from "./drawing.ts";
import { type Plane, planeOf } from "./plane.ts";
import { committed, EMPTY, type Pad, type Place, type Points } from "./points.ts";
import { counted } from "./text.ts";

export type Tool = "point" | "brush" | "move" | "erase";

export interface Brush {
  readonly tool: Tool;
  readonly group: string; // of new points
  readonly radius: number; // in units of the pad
  readonly density: number; // points a second
}

const LEAST_REACH = 0.25; // of the eraser

let pad = EMPTY;
let brush: Brush = { tool: "point", group: "", radius: 0.8, density: 60 };
let pointer: Place | null = null; // while it is over the pad
let due = 0;

export const canvas = (): HTMLCanvasElement | null =>
  find(ids.DRAW_CANVAS) as HTMLCanvasElement | null;
export const drawn = (): Pad => pad;
export const held = (): Brush => brush;
export const erasing = ({ radius }: Brush): number => Math.max(radius / 2, LEAST_REACH);

// How a canvas of this size on the page is measured.
export const planeNow = (): Plane => planeOf(canvas()?.getBoundingClientRect().width ?? 0);

type Listener = (points: Points) => void;
const listeners: Listener[] = [];

// Effect: `act` hears of the points whenever they may be others.
export const hear = (act: Listener): void => void listeners.push(act);

// Effect: the drawing is another one, without words about it.
export function show(next: Pad): void {
  pad = next;
  paint();
  tellPoints();
}

// Effect: who wants to know of the points does.
export function tellPoints(): void {
  for (const act of listeners) {
    act(pad.points);
  }
}

// Effect: a step that can be undone, told in words.
export function commit(points: Points, text: string, selected = pad.selected): void {
  show(committed(pad, points, selected));
  tell(text);
}

// Effect: the line below the pad, and which buttons make sense.
export function tell(text: string): void {
  set(ids.DRAW_STATUS, { children: [text, counted(pad)].filter(Boolean).join(" ") });
  set(ids.DRAW_UNDO, { disabled: pad.past.length === 0 });
  set(ids.DRAW_REDO, { disabled: pad.future.length === 0 });
  set(ids.DRAW_CLEAR, { disabled: pad.points.length === 0 });
  set(ids.DRAW_USE, { disabled: pad.points.length < 2 });
}

export function take(next: Brush): void {
  brush = next;
  paint();
}

export function point(at: Place | null): void {
  pointer = at;
  paint();
}

// Effect: the canvas is painted once before the next frame.
export function paint(): void {
  if (due) {
    return;
  }
  due = window.requestAnimationFrame(() => {
    due = 0;
    const box = canvas();
    if (box?.clientWidth) {
      render(box);
    }
  });
}

function render(box: HTMLCanvasElement): void {
  const plane = planeOf(box.clientWidth);
  const { dark = "{}", light = "{}" } = box.dataset;
  box.parentElement?.classList.toggle("empty", pad.points.length === 0);
  const pen = sharpPen(box, plane.width, plane.width);
  if (pen) {
    const look = JSON.parse(painted() === "dark" ? dark : light);
    drawPad(pen, plane, look, { ...pad, reach: reach() });
  }
}

function reach(): Sheet["reach"] {
  if (!pointer || (brush.tool !== "brush" && brush.tool !== "erase")) {
    return null;
  }
  return { at: pointer, radius: brush.tool === "brush" ? brush.radius : erasing(brush) };
}
