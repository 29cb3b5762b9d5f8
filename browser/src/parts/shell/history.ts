// Every change of the state can be undone and done again. "Back" and "Forward" are the browser's
// own, and go from page to page: another view, lesson or number of components.

import { ids, type Key, keys, type State } from "../../contract.ts";
import { set } from "../../kernel/dash.ts";
import { toQuery } from "../../kernel/link.ts";
import { onPress } from "../../kernel/page.ts";
import { now } from "../../kernel/store.ts";
import { navigate, onLeave } from "./address.ts";

const WRITTEN = "textarea, input:not([type=radio]):not([type=checkbox]):not([readonly])";
const MOST = 200; // states that are remembered
const TOGETHER_MS = 250; // changes that follow each other faster are one: a picked data set, a held key
const LATE_MS = 4000; // what has not come back by then never will
// Where the run of Step by step stands is no change of a setting: it moves while a run plays.
const PASSING: Key = "step";

let past: State[] = [];
let future: State[] = [];
let changed = 0; // when
// Where the page is going back to, and whether it is built anew for that.
interface Restoring {
  readonly target: State;
  readonly anew: boolean;
  readonly until: number;
}
let restoring: Restoring | null = null;
const pages = new Map<string, State>(); // address -> the state it stood for

// A number is the same however a control or the server writes it.
const plain = (value: unknown): string => {
  const text = Array.isArray(value) ? value.join() : String(value ?? "");
  return text !== "" && Number.isFinite(Number(text)) ? String(Number(text)) : text;
};

const different = (a: State, b: State): Key[] =>
  (Object.keys(a) as Key[]).filter((key) => key !== PASSING && plain(a[key]) !== plain(b[key]));

export const isSame = (a: State, b: State): boolean => different(a, b).length === 0;

// Whether the controls are being brought back to an earlier state: no change of anybody's.
export const isRestoring = (): boolean => restoring !== null;

// Effect: the state on the page is another one.
export function record(state: State): void {
  const before = now();
  pages.set(toQuery({ ...state }), state);
  if (pages.size > MOST) {
    pages.delete(pages.keys().next().value ?? "");
  }
  if (restoring) {
    const reached = isSame(state, restoring.target) || performance.now() > restoring.until;
    restoring = reached ? null : restoring;
  } else if (before && !isSame(before, state)) {
    const time = performance.now();
    if (time - changed > TOGETHER_MS) {
      past = [...past.slice(1 - MOST), before];
    }
    changed = time;
    future = [];
  }
  offer();
}

// Effect: which way there is something to go.
let offered = "";
onLeave(() => {
  offered = ""; // the page comes with both switched off
});
function offer(): void {
  const can = [past.length > 0, future.length > 0];
  if (can.join() !== offered) {
    offered = can.join();
    set(ids.UNDO, { disabled: !can[0] });
    set(ids.REDO, { disabled: !can[1] });
  }
}

// Where the page goes, if it has not arrived yet, else where it is.
const underWay = (): Restoring | null =>
  restoring && performance.now() <= restoring.until ? restoring : null;
const here = (): State | null => underWay()?.target ?? now();

function undo(): void {
  const [target, left] = [past.at(-1), here()];
  if (target && left) {
    past = past.slice(0, -1);
    future = [...future, left];
    restore(target);
  }
}

function redo(): void {
  const [target, left] = [future.at(-1), here()];
  if (target && left) {
    future = future.slice(0, -1);
    past = [...past, left];
    restore(target);
  }
}

// Effect: controls get their earlier values; where that is not enough, the page comes anew. Whoever
// goes on before the page has arrived goes on from there: what is on its way is overtaken.
function restore(target: State): void {
  const [before, shown] = [underWay(), now()];
  const wanted = new Set([
    ...(shown ? different(target, shown) : []),
    ...(before ? different(target, before.target) : []),
  ]);
  const light: readonly string[] = keys.restored;
  const anew = before?.anew === true || ![...wanted].every((key) => light.includes(key));
  if (!anew && !wanted.size) {
    return; // it is there already
  }
  restoring = { target, anew, until: performance.now() + LATE_MS };
  changed = 0;
  if (anew) {
    navigate(toQuery({ ...target }));
  } else {
    for (const key of wanted) {
      set(ids.control(key), { value: target[key] });
    }
  }
  offer();
}

// Effect: the page goes to a state that somebody else is at; nothing to be undone.
export const bring = (target: State): void => restore(target);

// "Back" and "Forward": a state that was on this page comes back like one that is undone.
function arrive(): void {
  const [target, left] = [pages.get(window.location.search), here()];
  if (target && left) {
    past = [...past.slice(1 - MOST), left];
    future = [];
    restore(target);
  } else {
    navigate(window.location.search);
  }
}

// Texts have an undo of their own, and so has the pad.
const isElsewhere = (event: KeyboardEvent): boolean =>
  event.target instanceof Element && event.target.closest(`${WRITTEN}, [role=dialog]`) !== null;

function press(event: KeyboardEvent): void {
  const key = event.key.toLowerCase();
  const held = event.ctrlKey || event.metaKey;
  if (!held || event.altKey || isElsewhere(event) || (key !== "z" && key !== "y")) {
    return;
  }
  event.preventDefault();
  if (key === "y" || event.shiftKey) {
    redo();
  } else {
    undo();
  }
}

export function listen(): void {
  window.addEventListener("popstate", arrive);
  document.addEventListener("keydown", press);
  onPress(ids.UNDO, undo);
  onPress(ids.REDO, redo);
}
