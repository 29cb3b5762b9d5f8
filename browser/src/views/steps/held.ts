// The start under the hand: what it leads to is shown in every frame, computed here; letting go
// asks the server for both runs from there, which then stand ready to be played.

import type { State } from "../../contract.ts";
import * as fields from "./fields.ts";
import { firstRound } from "./first_round.ts";
import type { AfterRun } from "./opening.ts";
import { placed, textOf } from "./placing.ts";
import { inward, type Run, type Spot } from "./run.ts";
import * as session from "./session.ts";
import { put, type Start, sizeOf } from "./starting.ts";
import { said, thinned } from "./thinned.ts";

interface Held {
  readonly start: Start; // where hands have put the centres
  readonly base: Run; // what the server answered
  readonly asked: string | null; // the start that was requested
  readonly heard: boolean; // the page's settings say so by now
  readonly left: boolean; // and have gone on to something else
}

let held: Held | null = null;
let waiting = 0;
let listOpen = false;

export const startUnderHand = (): Start | null => held?.start ?? null;

// What is left out meanwhile, if anything.
export const leftOut = (): string | null => held && said(held.base);

// Effect: this is the start under the hand, and what it leads to is shown.
export function hold(start: Start): void {
  const now = session.now();
  if (now) {
    window.clearTimeout(waiting);
    const base = held?.base ?? now.run;
    held = { start, base, asked: null, heard: false, left: false };
    show(base, start);
  }
}

function show(base: Run, start: Start): void {
  const run = firstRound(thinned(base), start);
  session.hold(run);
  write(run, false);
}

// Effect: the list follows; its fields are made anew where their number or names may be others.
function write(run: Run, anew = true): void {
  if (listOpen) {
    if (anew || fields.count() !== run.k) {
      fields.build(run, { typed, run: runFromHere });
    }
    for (let j = 0; j < run.k; j++) {
      fields.fill(run, j);
    }
  }
}

// Effect: the runs are as before anybody held them.
export function letBe(): void {
  window.clearTimeout(waiting);
  held = null;
  session.release();
  const run = session.now()?.run;
  if (run) {
    write(run);
  }
}

// Effect: both runs are asked for from where hands have put the centres.
export function commit(after: AfterRun = "stay"): void {
  window.clearTimeout(waiting);
  const now = session.now();
  if (!now) {
    return;
  }
  const centres = textOf(now.run);
  if (held?.asked === centres) {
    session.wait(after); // it is on its way
  } else if (isAsked(now.state, centres, now.run.k)) {
    letBe();
    if (after === "play") {
      now.player.play(0);
    }
  } else if (held) {
    held = { ...held, asked: centres, heard: false, left: false };
    session.restart({ centres, start: "own", k: now.run.k }, after);
  } else if (after === "play") {
    now.player.play(0);
  }
}

const isAsked = ({ start, centres, k }: State, asked: string | null, size: number): boolean =>
  asked !== null && start === "own" && String(centres) === asked && Number(k) === size;

// Effect: as much later as to see whether the hand goes on.
export function commitSoon(ms: number): void {
  window.clearTimeout(waiting);
  waiting = window.setTimeout(commit, ms);
}

// The list of positions

export const isOpen = (): boolean => listOpen;

export function toggle(): void {
  const now = session.now();
  if (listOpen) {
    close();
  } else if (now) {
    listOpen = true;
    if (!held) {
      now.player.go(now.run.lead);
      session.preview();
    }
    write(session.now()?.run ?? now.run);
  }
}

export function close(): void {
  listOpen = false;
  fields.hide();
}

function runFromHere(): void {
  commit("play");
  close();
}

function typed(j: number, x: number, y: number): void {
  const run = session.now()?.run;
  const spot: Spot | null = run ? [placed(run, x, 0), placed(run, y, 1)] : null;
  if (run && spot?.every(Number.isFinite)) {
    hold(put(run.start, j, inward(run, spot)));
    commit();
  }
}

// What comes from elsewhere

// New runs are there: those that were asked for, or others; unless hands have gone on since.
// Returns whether they were.
export function arrived(run: Run): boolean {
  const mine = held !== null && textOf(run) === held.asked;
  if (held && !mine && !held.left) {
    held = { ...held, base: run };
    show(run, held.start);
    return true;
  }
  held = null;
  if (mine || listOpen) {
    session.preview();
  }
  write(run);
  return mine;
}

// The page's settings have changed: to what was asked for here, or later to another start.
export function hear(state: State): void {
  if (held?.asked) {
    const heard = isAsked(state, held.asked, sizeOf(held.start));
    held = { ...held, heard: held.heard || heard, left: held.heard && !heard };
  }
}
