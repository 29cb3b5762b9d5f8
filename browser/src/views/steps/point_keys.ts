// Points under the keyboard: one is chosen, moved by arrow keys, removed.

import * as edit from "./edits.ts";
import { nudged, originals } from "./placing.ts";
import { inward, type Run, type Spot } from "./run.ts";
import * as session from "./session.ts";
import type { View } from "./view.ts";

export interface Desk {
  edits(): edit.Edits | null;
  change(next: edit.Edits): void;
  undo(): void;
  tell(): void;
}

let chosen = -1; // the point that keys are about

// Effect: keys are about none.
export function forget(): void {
  chosen = -1;
}

// Where the chosen point is, if one is.
function spotIn(edits: edit.Edits | null): Spot | null {
  const spot = edits && edit.spotAt(edits, chosen);
  return spot?.every(Number.isFinite) ? spot : null;
}

export function said(edits: edit.Edits, run: Run): string {
  const spot = spotIn(edits);
  return spot ? `Chosen: ${originals(run, spot).join(", ")}. ` : "";
}

// Effect: a ring around the chosen point.
export function draw(
  edits: edit.Edits | null,
  ctx: CanvasRenderingContext2D,
  view: View,
  ink: string,
): void {
  const spot = spotIn(edits);
  if (spot) {
    ctx.beginPath();
    ctx.arc(view.px(spot[0]), view.py(spot[1]), 9, 0, 2 * Math.PI);
    ctx.strokeStyle = ink;
    ctx.lineWidth = 2;
    ctx.stroke();
  }
}

// What hears the keys of a layer over the points.
export const keysOf = (desk: Desk) => (event: KeyboardEvent) => {
  const act = orderOf(desk, event);
  if (act) {
    event.preventDefault();
    event.stopPropagation(); // here keys move a point, not the player
    act();
  }
};

function orderOf(desk: Desk, event: KeyboardEvent): (() => void) | null {
  if (event.ctrlKey || event.metaKey || event.altKey) {
    return event.key === "z" && !event.altKey ? desk.undo : null;
  }
  const orders: Readonly<Record<string, () => void>> = {
    PageDown: () => choose(desk, 1),
    PageUp: () => choose(desk, -1),
    Delete: () => remove(desk),
    Backspace: () => remove(desk),
  };
  return orders[event.key] ?? nudge(desk, event);
}

function choose(desk: Desk, step: 1 | -1): void {
  const edits = desk.edits();
  if (edits) {
    chosen = edit.neighbour(edits, chosen, step);
    session.paint();
    desk.tell();
  }
}

function nudge(desk: Desk, { key, shiftKey }: KeyboardEvent): (() => void) | null {
  const [edits, run] = [desk.edits(), session.now()?.run];
  const from = spotIn(edits);
  if (!edits || !run || !from) {
    return null;
  }
  const to = nudged({ ...run, start: Float32Array.from(from) }, 0, key, shiftKey);
  return to && (() => desk.change(edit.move(edits, chosen, from, inward(run, to))));
}

function remove(desk: Desk): void {
  const edits = desk.edits();
  if (edits && spotIn(edits)) {
    desk.change(edit.remove(edits, chosen));
  }
}
