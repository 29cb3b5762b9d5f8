// Points changed between two steps: added, dragged, removed. Going on stores them as a drawing of
// the user's own and runs both methods from where k-means' centres stand now.

import {
  addresses,
  drawing,
  live,
  type Refused,
  type StoredTable,
  tableData,
} from "../../contract.ts";
import { type Answer, again, send } from "../../kernel/requests.ts";
import { opening } from "../../parts/files/own_tables.ts";
import { tablesAddress } from "../../parts/files/place.ts";
import * as edit from "./edits.ts";
import type { Action } from "./keys.ts";
import { centreAt, momentOf } from "./moment.ts";
import * as panel from "./panel.ts";
import * as point from "./point_keys.ts";
import * as refit from "./refit.ts";
import { inward, outward, type Run, type Spot } from "./run.ts";
import * as session from "./session.ts";
import { halfStepOf, type Timeline } from "./timeline.ts";
import * as touch from "./touch.ts";
import { nearest, type View } from "./view.ts";

const FEWEST = 2;
const LINK_DIGITS = 7;

let edits: edit.Edits | null = null;
let begun: Run | null = null; // as the page has it, with its own points
let sending = false;

export const isOpen = (): boolean => edits !== null;

export function toggle(): void {
  const now = session.now();
  if (edits) {
    close();
  } else if (now) {
    refit.stop(); // of points that somebody went on with, and nothing came
    now.player.pause();
    begun = session.now()?.run ?? now.run;
    edits = edit.none(begun.points);
    panel.show(now.run, { typed: add, undo, goOn });
    if (now.run.columns) {
      if (begun.n > live.mostEdited) {
        tell(refit.MANY);
      }
      const view = session.viewOn;
      touch.build({ view, near, spot, dragged, moved, clicked, added: add, key, reached: tell });
    }
    session.paint();
  }
}

// Effect: everything is as the runs have it.
export function close(): void {
  refit.stop();
  leave();
  if (begun) {
    session.change({ points: begun.points });
  }
}

function leave(): void {
  edits = null;
  point.forget();
  sending = false;
  panel.hide();
  touch.remove();
  session.paint();
}

function near(view: View, at: Spot, reach: number): number | null {
  point.forget(); // a hand is there
  return edits ? nearest(view, edit.countOf(edits), spot, at, reach) : null;
}

const spot = (index: number): Spot => edit.spotAt(edits ?? edit.none(new Float32Array()), index);

// Effect: the points are shown as they are then.
function become(next: edit.Edits): void {
  edits = next;
  const now = session.now();
  const place = now && placeOf(now);
  if (!place || !refit.follow(next, place, now.state)) {
    session.change({ points: next.points });
  }
}

// Where going on begins; of what is shown already, where that does.
function placeOf({ run, player }: session.Session): refit.Place | null {
  const { columns } = run;
  const centres = (): string => centresAt(run, player.at());
  return refit.begun() ?? (begun && columns && { run: begun, columns, centres: centres() });
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
  const account = `${changes}; ${edit.presentOf(edits).length} points. ${refit.said()}`;
  panel.say(text ?? `${point.said(edits, run)}${length ? account : ""}`.trim());
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

const key = point.keysOf({ edits: () => edits, change, undo, tell: () => tell() });

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
  const place = placeOf(now);
  refit.rest();
  sending = true;
  tell("Storing the points …");
  const answer = await send(address(), edit.tableOf(columns, points), {
    say: tell,
    wanted: isOpen,
  });
  if (answer && edits && place) {
    opened(answer, place); // not closed meanwhile
  }
}

function address(): string {
  const options = new URLSearchParams({ [addresses.options]: JSON.stringify(drawing.written) });
  return `${tablesAddress()}?${options}`;
}

function opened(answer: Answer, { centres }: refit.Place): void {
  const said = (answer.json ?? {}) as Partial<StoredTable & Refused>;
  const now = session.now();
  sending = false;
  if (again(answer)) {
    tell("The connection was lost. Try again.");
  } else if (!answer.ok || !said.key || !now) {
    tell(said.message || "The server could not store these points.");
  } else {
    leave(); // what is shown stays until the runs come
    const data = { data: tableData.drawn, table: said.key, ...refit.CHOSEN };
    opening(tableData.drawn, said.key, now.state.data !== tableData.drawn);
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

// Added points, in ink, as long as neither method has seen them.
function drawAdded(ctx: CanvasRenderingContext2D, view: View, ink: string): void {
  ctx.fillStyle = ink;
  edits?.added.forEach(([x, y], i, { length }) => {
    if (edits && !refit.knows(edit.countOf(edits) - length + i)) {
      ctx.beginPath();
      ctx.arc(view.px(x), view.py(y), 4, 0, 2 * Math.PI);
      ctx.fill();
    }
  });
}

// To play what is shown is to go on with it.
function pressed(action: Action): void {
  if (edits && refit.begun() && action === "play") {
    void goOn();
  } else if (!edits) {
    refit.stop(); // nothing came of going on
  }
}

export function listen(): void {
  refit.listen(() => {
    if (!sending) {
      tell();
    }
  });
  session.hear({
    pressed,
    run: () => {
      refit.forget();
      if (edits) {
        leave(); // these were changes to other points
      }
    },
    drawn: (_, ctx, view, { run }) => {
      drawAdded(ctx, view, run.look.ink);
      point.draw(edits, ctx, view, run.look.ink);
    },
  });
}
