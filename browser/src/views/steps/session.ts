// What the player is about at this moment: the run on the page, the settings it is of, and the
// player itself. Others look here, hear of what happens, and ask for another run or start.

import { ids, type State } from "../../contract.ts";
import { type Props, set } from "../../kernel/dash.ts";
import { find } from "../../kernel/page.ts";
import { drawSide } from "./frame.ts";
import { type AfterRun, openingOf, overlaysOf, startOf } from "./opening.ts";
import { createPlayer, type Player } from "./player.ts";
import { bySide, decode, type Run, SIDES, type Side, type Trace } from "./run.ts";
import * as scene from "./scene.ts";
import type { View } from "./view.ts";

export interface Session {
  readonly player: Player;
  readonly trace: Trace; // as the server sent it
  readonly run: Run; // with what hands have changed since
  readonly state: State;
}

// What is told of the session's changes.
export interface Listener {
  state?(state: State): void;
  run?(run: Run): void; // another one has come
  drawn?(side: Side, ctx: CanvasRenderingContext2D, view: View, session: Session): void;
}

let player: Player | null = null;
let toolbar: HTMLElement | null = null;
let visit: number | undefined;
let opened: { readonly trace: Trace; readonly run: Run } | null = null;
let state: State | null = null;
let begun = ""; // the start of the run on the page
let after: AfterRun | null = null; // what somebody wants who asked for another start
let runs = 0;
let placing = false;
const lay: Partial<Record<Side, string>> = {}; // side -> where its axes lay when last drawn on
const listeners: Listener[] = [];

export const hear = (listener: Listener): void => void listeners.push(listener);

export const now = (): Session | null =>
  player && opened && state ? { player, ...opened, state } : null;

export const viewOn = (side: Side): View | null => opened && scene.viewOn(side, opened.run);

// Effect: a new trace is opened, or what has changed around it is drawn.
export function load(trace: Trace | null, newest: State, time: number | undefined): void {
  state = newest;
  for (const listener of listeners) {
    listener.state?.(newest);
  }
  const box = find(ids.STEPS_TOOLBAR);
  if (!trace || !box) {
    return;
  }
  const made = toolbar !== box || !box.firstChild || !player;
  const used = made ? renew(box) : player;
  const fresh = made || visit !== time;
  visit = time;
  if (used && (trace !== opened?.trace || fresh)) {
    open(used, trace, newest, fresh);
  } else {
    paint();
  }
}

function renew(box: HTMLElement): Player {
  player?.pause();
  toolbar = box;
  player = createPlayer({
    toolbar: box,
    cards: bySide(card),
    live: find(ids.STEPS_LIVE),
    draw,
    settled,
  });
  return player;
}

function card(side: Side) {
  const part = (name: string) => find(ids.step_part(side, name)) ?? document.createElement("div");
  return {
    phase: part("phase"),
    said: part("said"),
    curve: part("curve"),
    formulas: part("formulas"),
  };
}

function open(used: Player, trace: Trace, newest: State, fresh: boolean): void {
  const start = startOf(newest);
  const opening = openingOf({
    again: opened !== null && !fresh,
    asked: after,
    otherStart: begun !== start,
    playing: used.playing(),
    line: used.at(),
    step: newest.step,
  });
  begun = start;
  after = null;
  opened = { trace, run: decode(trace) };
  used.load(opened.run, opening.place);
  for (const listener of listeners) {
    listener.run?.(opened.run);
  }
  if (opening.after) {
    settled("0");
  }
  if (opening.after === "play") {
    used.play(0);
  }
  tell();
}

// Effect: what is on the page can be read off the toolbar.
function tell(): void {
  runs += 1;
  toolbar?.setAttribute("data-run", String(runs));
  toolbar?.setAttribute("data-points", String(opened?.run.n ?? 0));
}

export const paint = (): void => player?.paint();

// Effect: the run is shown with something changed by hand.
export function change(part: Partial<Pick<Run, "start" | "points">>): void {
  if (opened) {
    opened = { ...opened, run: { ...opened.run, ...part } };
    paint();
  }
}

// Effect: while the start is placed by hand, its centres go by the order of the list.
export function place(on: boolean): void {
  placing = on;
}

function draw(side: Side, p: number, t: number): void {
  const session = now();
  const view = viewOn(side);
  const ctx = view && scene.penOn(side);
  lay[side] = ctx ? scene.layOf(side) : ""; // not drawn: it will be, once there are axes
  if (session && ctx) {
    drawSide(ctx, session.run, view, side, p, t, { ...overlaysOf(session.state), placing });
    for (const listener of listeners) {
      listener.drawn?.(side, ctx, view, session);
    }
  }
}

// Effect: draws when the axes are no longer those of the picture.
export function follow(): void {
  const moved = (side: Side) => {
    const lies = scene.layOf(side);
    return lies !== "" && lies !== lay[side];
  };
  if (SIDES.some(moved)) {
    paint();
  }
}

// Effect: the step goes into the link once it stands still; no request depends on it.
function settled(step: string): void {
  if (state && String(state.step) !== step) {
    set(ids.control("step"), { value: step });
  }
}

// Effect: asks for another start; when its runs arrive they begin at the beginning.
export function restart(values: Props, wanted: AfterRun = "stay"): void {
  after = wanted;
  set(ids.STEPS_WISH, { data: { ...values, step: "0", time: Date.now() } });
}
