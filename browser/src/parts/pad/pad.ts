// The dialog of the drawing pad. A drawing goes to the server as a table of its own, and has a link
// like any other.

import { type Drawing, drawing, ids, type State, tableData } from "../../contract.ts";
import { keep, set, type Unchanged } from "../../kernel/dash.ts";
import { refocus, whenThere } from "../../kernel/page.ts";
import { post } from "../files/sending.ts";
import { attachKeys, stepBack, stepForward } from "./keys.ts";
import { isFull, joined, pointAt } from "./points.ts";
import { commit, drawn, held, paint, type Tool, take, tell, tellPoints } from "./sheet.ts";
import { attachStrokes } from "./strokes.ts";
import { asChoice, asTable } from "./text.ts";

let stored = ""; // key of the table these points were stored as or loaded from
let asked = ""; // key of the table to load
const attached = new WeakSet<HTMLElement>();

// Opens the pad with the drawing of this page, or with what was drawn before.
export function open(clicks: number | null, state: State | null): true | Unchanged {
  if (!clicks) {
    return keep();
  }
  if (state?.data === tableData.drawn && state.table && state.table !== stored) {
    asked = state.table;
    set(ids.DRAW_WANTED, { data: asked });
  }
  whenThere(ids.DRAW_CANVAS, (box) => {
    attach(box as HTMLCanvasElement);
    paint();
    tellPoints();
    tell("");
  });
  return true;
}

function attach(box: HTMLCanvasElement): void {
  if (!attached.has(box)) {
    attached.add(box);
    attachStrokes(box);
    attachKeys(box);
    new ResizeObserver(paint).observe(box);
  }
}

export function loaded(sent: Drawing | null): void {
  if (!sent || sent.key !== asked) {
    return;
  }
  if (sent.problem) {
    tell(sent.problem);
    return;
  }
  stored = sent.key;
  const groups: readonly string[] = drawing.groups;
  const points = sent.points.map(([x, y, group]) =>
    pointAt([x, y], groups.includes(group) ? group : ""),
  );
  commit(points, "", -1);
}

// The tool, and what it does. Returns which of its settings are in sight.
export function choose(tool: Tool, group: string | null, radius: number, density: number): string {
  take({ tool, group: group || "", radius, density });
  const className: Partial<Record<Tool, string>> = {
    brush: "draw-brush",
    erase: "draw-brush size-only",
  };
  return className[tool] ?? "absent";
}

export function undo(clicks: number | null): void {
  if (clicks) {
    stepBack();
  }
}

export function redo(clicks: number | null): void {
  if (clicks) {
    stepForward();
  }
}

export function clear(clicks: number | null): void {
  if (clicks && drawn().points.length) {
    commit([], "Cleared; Undo brings the points back.", -1);
  }
}

export function add(clicks: number | null, x: unknown, y: unknown): void {
  if (!clicks) {
    return;
  }
  if (!isCoordinate(x) || !isCoordinate(y)) {
    tell(`Give two numbers from 0 to ${drawing.side}.`);
  } else if (!isFull(drawn())) {
    const points = joined(drawn(), [pointAt([x, y], held().group)]);
    commit(points, "Added.", drawn().points.length);
  }
}

const isCoordinate = (value: unknown): value is number =>
  typeof value === "number" && value >= 0 && value <= drawing.side;

export function use(clicks: number | null): void {
  if (clicks && drawn().points.length >= 2) {
    send();
  }
}

// Effect: the drawing goes to the server, and becomes the data of the page.
async function send(): Promise<void> {
  const { points } = drawn();
  const say = (children: string) => set(ids.DRAW_STATUS, { children });
  const how = { as: tableData.drawn, options: drawing.written };
  const said = await post(new Blob([asTable(points)]), how, say);
  if (said?.key) {
    const { key, columns } = said;
    stored = key;
    set(ids.DRAW_DIALOG, { opened: false });
    refocus(ids.DRAW);
    set(ids.UPLOADED, { data: { ...asChoice(points), key, columns, time: Date.now() } });
  } else if (said) {
    tell(said.message ?? "");
  }
}

export function cancel(clicks: number | null): void {
  if (clicks) {
    set(ids.DRAW_DIALOG, { opened: false });
  }
}
