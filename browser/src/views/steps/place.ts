// Start centres placed by hand: dragged, clicked, moved by arrow keys, or typed. Letting go runs
// both methods from there.

import type { State } from "../../contract.ts";
import * as fields from "./fields.ts";
import * as handles from "./handles.ts";
import type { AfterRun } from "./opening.ts";
import { nudged, placed, textOf } from "./placing.ts";
import { inward, type Run, type Side, type Spot, withSpot } from "./run.ts";
import { within } from "./scene.ts";
import * as session from "./session.ts";

const NUDGED_MS = 400; // after the last arrow key the runs are asked for

interface Placing {
  chosen: number;
  start: Float32Array; // where hands have put the centres
  moved: boolean; // a centre was placed since the last request
  asked: string | null; // the start that was requested
  heard: boolean; // the page's settings say so by now
}

let placing: Placing | null = null;
let waiting = 0;

const untouched = (start: Float32Array, chosen = 0): Placing => ({
  chosen,
  start,
  moved: false,
  asked: null,
  heard: false,
});

export const isOpen = (): boolean => placing !== null;

export function toggle(): void {
  const now = session.now();
  if (placing) {
    close();
  } else if (now) {
    placing = untouched(now.run.start);
    session.place(true);
    now.player.go(now.run.lead);
    build(now.run);
    session.paint();
  }
}

export function close(): void {
  placing = null;
  session.place(false);
  fields.hide();
  handles.remove();
  session.paint();
}

function build(run: Run): void {
  fields.build(run, { typed, run: runFromHere });
  handles.build(run, { moved: drag, dropped: () => commit(), clicked, chosen: choose, key });
  handles.mark(placing?.chosen ?? 0);
  for (let j = 0; j < run.k; j++) {
    write(run, j);
  }
}

function write(run: Run, j: number): void {
  fields.fill(run, j);
  handles.say(run, j);
}

// After new runs have come: the fields and handles show where they started, unless somebody has
// placed a centre since these runs were asked for: what a hand did last is what counts.
function refresh(run: Run): void {
  if (!placing) {
    return;
  }
  if (overtaken(placing, run)) {
    session.change({ start: placing.start });
  } else {
    placing = untouched(run.start, Math.min(placing.chosen, run.k - 1));
  }
  build(session.now()?.run ?? run);
}

function overtaken({ start, moved, asked }: Placing, run: Run): boolean {
  return start.length === run.start.length && (moved || (asked !== null && textOf(run) !== asked));
}

// The page's settings have changed: to what was asked for here, or later to another start.
function hear(state: State): void {
  if (!placing) {
    return;
  }
  if (isAsked(state, placing.asked)) {
    placing.heard = true;
  } else if (placing.heard) {
    placing.asked = null;
    placing.heard = false;
  }
}

const isAsked = ({ start, centres }: State, asked: string | null): boolean =>
  asked !== null && start === "own" && String(centres) === asked;

function move(j: number, spot: Spot): void {
  const run = session.now()?.run;
  if (!placing || !run) {
    return;
  }
  placing.start = withSpot(run.start, j, inward(run, spot));
  placing.moved = true;
  session.change({ start: placing.start });
  write({ ...run, start: placing.start }, j);
}

function commit(after: AfterRun = "stay"): void {
  window.clearTimeout(waiting);
  const now = session.now();
  if (!placing || !now) {
    return;
  }
  const text = textOf(now.run);
  Object.assign(placing, { moved: false, asked: text, heard: false });
  if (!isAsked(now.state, text)) {
    session.restart({ centres: text, start: "own" }, after);
  } else if (after === "play") {
    now.player.play(0);
  }
}

function runFromHere(): void {
  commit("play");
  close();
}

function typed(j: number, x: number, y: number): void {
  const run = session.now()?.run;
  const spot: Spot | null = run ? [placed(run, x, 0), placed(run, y, 1)] : null;
  if (spot?.every(Number.isFinite)) {
    move(j, spot);
    commit();
  }
}

function choose(j: number): void {
  if (placing) {
    placing.chosen = j;
    handles.mark(j);
  }
}

function clicked(side: Side, event: PointerEvent): void {
  const k = session.now()?.run.k;
  if (placing && k) {
    drag(side, placing.chosen, event);
    choose((placing.chosen + 1) % k);
    commit();
  }
}

function drag(side: Side, j: number, event: PointerEvent): void {
  const view = session.viewOn(side);
  if (view) {
    const [px, py] = within(side, event);
    const inside = (v: number, low: number, size: number) => Math.max(low, Math.min(low + size, v));
    const { left, top, width, height } = view;
    move(j, view.plot(inside(px, left, width), inside(py, top, height)));
  }
}

function key(j: number, event: KeyboardEvent): void {
  const run = session.now()?.run;
  const spot = run && nudged(run, j, event.key, event.shiftKey);
  if (spot) {
    event.preventDefault();
    event.stopPropagation(); // here the arrows move the centre, not the player
    move(j, spot);
    window.clearTimeout(waiting);
    waiting = window.setTimeout(commit, NUDGED_MS);
  }
}

export function listen(): void {
  session.hear({
    state: hear,
    run: refresh,
    drawn: (side, _, view, { run }) => handles.follow(side, run, view),
  });
}
