// What the player is about at this moment: the run on the page, the settings it is of, and the
// player itself. Others look here, hear of what happens, and ask for another run or start.

import { ids, type State } from "../../contract.ts";
import { type Props, set } from "../../kernel/dash.ts";
import { find } from "../../kernel/page.ts";
import { ease } from "./colour.ts";
import { drawSide } from "./frame.ts";
import type { Action } from "./keys.ts";
import { PREVIEWED, shownAt } from "./moment.ts";
import { type AfterRun, driveOf, openingOf, overlaysOf, startOf } from "./opening.ts";
import { createPlayer } from "./player.ts";
import type { Player } from "./playing.ts";
import { bySide, decode, type Run, SIDES, type Side, type Spot, type Trace } from "./run.ts";
import * as scene from "./scene.ts";
import type { View } from "./view.ts";
import { saidAt, startSaid } from "./words.ts";

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
  centres?(side: Side, view: View, spots: readonly Spot[]): void; // where they are shown
  pressed?(action: Action): void; // of the player, while a run is under the hand
  happened?(what: string): void; // where the player has stopped for it
}

let player: Player | null = null;
let toolbar: HTMLElement | null = null;
let visit: number | undefined;
let opened: { readonly trace: Trace; readonly run: Run } | null = null;
let state: State | null = null;
let begun = ""; // the start of the run on the page
let drawn: State | null = null; // the settings it was opened with
let after: AfterRun | null = null; // what somebody wants who asked for another start
let runs = 0;
let held: Run | null = null; // under the hand
let previewed = false; // as follows, before it was
let previewing = false; // the start was put there by hand, and nobody has gone on since
const lay: Partial<Record<Side, string>> = {}; // side -> where its axes lay when last drawn on
const listeners: Listener[] = [];

export const hear = (listener: Listener): void => void listeners.push(listener);

export const now = (): Session | null =>
  player && opened && state ? { player, ...opened, run: held ?? opened.run, state } : null;

export const viewOn = (side: Side): View | null => opened && scene.viewOn(side, held ?? opened.run);

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
    said: (run, side, h) => (previews(h) ? startSaid(run, side) : saidAt(run, side, h)),
    pressed: (action) => listeners.forEach((listener) => listener.pressed?.(action)),
    happened: (what) => listeners.forEach((listener) => listener.happened?.(what)),
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
  held = null;
  previewing = false;
  opened = { trace, run: decode(trace) };
  used.load(opened.run, opening.place, driveOf(newest, drawn, used.at().drive));
  drawn = newest;
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

// Effect: what has been asked for will play, or stand, when it comes; null: as if nobody had asked.
export function wait(wanted: AfterRun | null): void {
  after = wanted;
}

export const paint = (): void => player?.paint();

// Effect: the run is shown with something changed by hand.
export function change(part: Partial<Pick<Run, "start" | "points">>): void {
  if (opened) {
    opened = { ...opened, run: { ...opened.run, ...part } };
    paint();
  }
}

// Effect: a place of a run that is under the hand is what is shown: its beginning, as a start with
// what it leads to at once, or its end. A whole run can be shown at any place, as if it were the
// page's.
export function hold(run: Run, place: unknown = 0, whole = false): void {
  previewed = held ? previewed : previewing;
  held = run;
  previewing = place === 0 && !whole;
  player?.hold(run, place, whole);
}

// Effect: the run is shown again that was there before.
export function release(): void {
  held = null;
  previewing = previewed;
  player?.release();
}

// Effect: as long as nobody goes on, the start is shown with what it leads to at once.
export function preview(): void {
  previewing = true;
  player?.show();
}

function previews(h: number): boolean {
  previewing &&= held !== null || (h === 0 && !player?.playing());
  return previewing;
}

// The assignment whose colours are on the points of one side, and the run in whose numbers.
export const previewOf = (side: Side): number | null => (previewing ? PREVIEWED[side].dealt : null);

function draw(side: Side, p: number, t: number): void {
  const session = now();
  const view = viewOn(side);
  const ctx = view && scene.penOn(side);
  lay[side] = ctx ? scene.layOf(side) : ""; // not drawn: it will be, once there are axes
  if (session && ctx) {
    const { run } = session;
    const [shown, preview] = [overlaysOf(session.state), previews(p - run.lead)];
    drawSide(ctx, run, view, side, p, t, { ...shown, preview });
    const spots = shown.centers ? shownAt(run, side, p, ease(t), preview) : [];
    for (const listener of listeners) {
      listener.drawn?.(side, ctx, view, session);
      listener.centres?.(side, view, spots);
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
