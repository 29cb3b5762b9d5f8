// A pupil's page goes where the teacher's is, until somebody changes something on it.

import { type State, settings } from "../../contract.ts";
import { fromQuery } from "../../kernel/link.ts";
import { hear, now } from "../../kernel/store.ts";
import { bring, isRestoring, isSame } from "../shell/history.ts";

// A page that is built anew may write some settings in its own way: what it then says is the
// teacher's state, too.
const SETTLES_MS = 4000;
const DEFAULTS = Object.fromEntries(
  Object.entries(settings).map(([key, setting]) => [key, setting.default]),
);

let following = false;
let target: State | null = null;
let until = 0;
let left: () => void = () => {};

export const isFollowing = (): boolean => following;

// Effect: `act` runs when somebody has left by a change of their own.
export function onLeft(act: () => void): void {
  left = act;
}

export function stopFollowing(): void {
  following = false;
  target = null;
}

// Effect: the page follows, and goes to the state of a link.
export function follow(link: string): void {
  following = true;
  const state = now();
  if (!link || !state) {
    return;
  }
  // How the teacher's page is shown is the teacher's: on a projector, perhaps, or as a clean slate.
  const { present, clean } = state;
  target = { ...fromQuery(link, state, DEFAULTS), present, clean };
  until = performance.now() + SETTLES_MS;
  bring(target);
}

const SEEDS = 10_000;

// Effect: the page is at a state, with random centres to start from.
export function drawStart(link: string): void {
  const state = now();
  if (state) {
    const { present, clean } = state;
    const seed = Math.floor(SEEDS * Math.random());
    bring({ ...fromQuery(link, state, DEFAULTS), present, clean, start: "random", seed });
  }
}

export function listen(): void {
  hear(({ state }) => {
    if (!following || !target || isRestoring() || isSame(state, target)) {
      return;
    }
    if (performance.now() < until && arrives(state, target)) {
      target = state;
      return;
    }
    stopFollowing();
    left();
  });
}

// Whether a page that comes anew has only written a setting in its own way.
const arrives = (state: State, wanted: State): boolean =>
  state.data === wanted.data && state.view === wanted.view && state.k === wanted.k;
