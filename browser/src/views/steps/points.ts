// Points changed between two steps: added, dragged, removed. Going on stores them as a drawing of
// the user's own and runs both methods from where k-means' centres stand now.

import { addresses, drawing, type Refused, type StoredTable, tableData } from "../../contract.ts";
import { type Answer, again, send } from "../../kernel/requests.ts";
import { tablesAddress } from "../../parts/files/place.ts";
import * as edit from "./edits.ts";
import { centreAt, momentOf } from "./moment.ts";
import * as panel from "./panel.ts";
import { inward, outward, type Run, type Spot } from "./run.ts";
import * as session from "./session.ts";
import { halfStepOf, type Timeline } from "./timeline.ts";
import * as touch from "./touch.ts";
import { nearest, type View } from "./view.ts";

const FEWEST = 2;
const LINK_DIGITS = 7;

let edits: edit.Edits | null = null;
let untouched: Float32Array | null = null; // the points as the runs have them

export const isOpen = (): boolean => edits !== null;

export function toggle(): void {
  const now = session.now();
  if (edits) {
    close();
  } else if (now) {
    now.player.pause();
    untouched = now.run.points;
    edits = edit.none(untouched);
    panel.show(now.run, { typed: add, undo, goOn });
    if (now.run.columns) {
      touch.build({ view: session.viewOn, near, spot, dragged, moved, clicked, added: add });
    }
    session.paint();
  }
}

// Effect: everything is as the runs have it.
export function close(): void {
  leave();
  if (untouched) {
    session.change({ points: untouched });
  }
}

function leave(): void {
  edits = null;
  panel.hide();
  touch.remove();
  session.paint();
}

function near(view: View, at: Spot, reach: number): number | null {
  return edits ? nearest(view, edit.countOf(edits), spot, at, reach) : null;
}

const spot = (index: number): Spot => edit.spotAt(edits ?? edit.none(new Float32Array()), index);

// Effect: the points are shown as they are then.
function become(next: edit.Edits): void {
  edits = next;
  session.change({ points: next.points });
}

function change(next: edit.Edits): void {
  become(next);
  tell();
}

function tell(text?: string): void {
  const run = session.now()?.run;
  if (!edits || !run) {
    return;
  }
  const { length } = edits.done;
  const changes = `${length} ${length === 1 ? "change" : "changes"}`;
  const account = length ? `${changes}; ${edit.pointsOf(edits, run).length} points.` : "";
  panel.say(text ?? account);
}

function add(at: Spot): void {
  const run = session.now()?.run;
  if (edits && run) {
    change(edit.add(edits, inward(run, at)));
  }
}

function dragged(index: number, at: Spot): void {
  const run = session.now()?.run;
  if (edits && run) {
    become(edit.put(edits, index, inward(run, at)));
  }
}

const moved = (index: number, from: Spot): void => {
  if (edits) {
    change(edit.move(edits, index, from, spot(index)));
  }
};

const clicked = (index: number): void => {
  if (edits) {
    change(edit.remove(edits, index));
  }
};

const undo = (): void => {
  if (edits) {
    change(edit.undo(edits));
  }
};

async function goOn(): Promise<void> {
  const now = session.now();
  const columns = now?.run.columns;
  if (!edits || !now || !columns) {
    return;
  }
  if (!edits.done.length) {
    close();
    return;
  }
  const points = edit.pointsOf(edits, now.run);
  const fewest = Math.max(FEWEST, now.run.k);
  if (points.length < fewest) {
    tell(`K = ${now.run.k} needs at least ${fewest} points.`);
    return;
  }
  tell("Storing the points …");
  const answer = await send(address(), edit.tableOf(columns, points), {
    say: tell,
    wanted: isOpen,
  });
  if (answer && edits) {
    opened(answer); // not closed meanwhile
  }
}

function address(): string {
  const options = new URLSearchParams({ [addresses.options]: JSON.stringify(drawing.written) });
  return `${tablesAddress()}?${options}`;
}

function opened(answer: Answer): void {
  const said = (answer.json ?? {}) as Partial<StoredTable & Refused>;
  const now = session.now();
  if (again(answer)) {
    tell("The connection was lost. Try again.");
  } else if (!answer.ok || !said.key || !now) {
    tell(said.message || "The server could not store these points.");
  } else {
    const centres = centresAt(now.run, now.player.at());
    leave();
    const columns = { cols: [], label: null, weights: null, x: null, y: null };
    const data = { data: tableData.drawn, table: said.key, ...columns };
    session.restart({ ...data, start: "own", centres }, "play");
  }
}

// Where k-means' centres are at a place of the time line, as the link writes them.
export function centresAt(run: Run, line: Timeline): string {
  const h = halfStepOf(line, "kmeans");
  const frame = h < 0 ? -1 : momentOf("kmeans", Math.min(h, run.kmeans.last)).frame;
  const places = Array.from({ length: run.k }, (_, j) =>
    outward(run, centreAt(run, "kmeans", frame, -1, 1, j)),
  );
  return places
    .flat()
    .map((v) => Number(v.toPrecision(LINK_DIGITS)))
    .join();
}

// Added points, in ink, as no step has seen them yet.
function drawAdded(ctx: CanvasRenderingContext2D, view: View, ink: string): void {
  ctx.fillStyle = ink;
  edits?.added.forEach(([x, y]) => {
    ctx.beginPath();
    ctx.arc(view.px(x), view.py(y), 4, 0, 2 * Math.PI);
    ctx.fill();
  });
}

export function listen(): void {
  session.hear({
    run: () => {
      if (edits) {
        leave(); // these were changes to other points
      }
    },
    drawn: (_, ctx, view, { run }) => drawAdded(ctx, view, run.look.ink),
  });
}
