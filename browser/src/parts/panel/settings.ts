// The wiring of the controls: their values -> the state -> link, store and requests.

import {
  ids,
  type Key,
  keys,
  type State,
  sklearnDefaults as scikitLearns,
} from "../../contract.ts";
import { keep, set, type Unchanged } from "../../kernel/dash.ts";
import { sameValue } from "../../kernel/link.ts";
import { find } from "../../kernel/page.ts";
import { know, tell } from "../../kernel/store.ts";
import { type MenuWords, offer } from "../export/export.ts";
import { rememberTable } from "../files/own_tables.ts";
import { say } from "../said.ts";
import { onLeave, write } from "../shell/address.ts";
import { ask, fillsItself, requestOf } from "../shell/answers.ts";
import { isRestoring, record } from "../shell/history.ts";
import { type PanelPart, showNotes, showPanel, showStage } from "../shell/stages.ts";
import { showTitle } from "../shell/title.ts";

type Wanted = readonly (Key | "scheme")[];
type Request = Record<string, unknown>;

const DATA = "data";

// All controls' values -> the state, and one request for the view that is open.
// A view that was never opened is built by the server first; its request then follows.
export function collect(
  values: readonly unknown[],
  scheme: string,
  mounted: readonly string[],
  places: readonly { readonly key: Key }[],
  routes: Readonly<Record<string, Wanted>>,
  panel: readonly PanelPart[],
  scene: string,
  menu: MenuWords,
  before: State,
): State {
  const state = stateOf(values, places, before);
  write(state, before, isRestoring());
  record(state);
  know(state);
  rememberTable(state);
  const open = mounted.includes(state.view);
  const asks = [
    askAnew(DATA, requestOf(keys.dataRequest, state, scheme)),
    open && askAnew(state.view, requestOf(routes[state.view] ?? [], state, scheme)),
  ];
  if (find(ids.ERROR) && asks.includes(true)) {
    set(ids.ERROR, { hide: true });
  }
  repeat(state);
  offer(state, scene, menu);
  showStage(state.view, mounted, Object.keys(routes));
  if (state.view !== before.view) {
    showPanel(state.view, panel); // the server has done it for the view it opened the page with
  }
  const concerns = routes[state.view] ?? [];
  showNotes(concerns.includes(DATA));
  showTitle(state, concerns);
  tell({ state, asks: asks[1] !== false || !open });
  if (!open) {
    // Not by an output: Dash runs no callback twice in one chain, and this one must come again.
    set(ids.MOUNT, { data: state.view });
  }
  return state;
}

// The state: controls that are on the page have the say, the others keep what they said.
function stateOf(
  values: readonly unknown[],
  places: readonly { readonly key: Key }[],
  before: State,
): State {
  const found = new Map(places.map(({ key }, i) => [key as string, values[i]]));
  const pairs = Object.entries(before).map(([key, old]) => [
    key,
    (found.has(key) ? found.get(key) : old) ?? "",
  ]);
  return Object.fromEntries(pairs);
}

// What each view, and the panel on the left, was asked for last.
const asked = new Map<string, Request>();
onLeave(() => asked.clear());

// Effect: something is asked for that was not asked for just before; returns whether it was.
function askAnew(name: string, request: Request): boolean {
  if (sameValue(request, asked.get(name))) {
    return false;
  }
  asked.set(name, request);
  if (fillsItself(name)) {
    void ask(name, request);
  } else {
    set(ids.request(name), { data: request });
  }
  return true;
}

// Effect: the numbers beside the sliders.
function repeat(state: State): void {
  for (const [key, value] of Object.entries(state)) {
    if (typeof value === "number") {
      say(find(ids.shown_value(key)), String(Number(value.toPrecision(4))));
    }
  }
}

// The next seed.
export const next = (clicks: number | null, seed: unknown, by?: unknown): number | Unchanged =>
  clicks ? Number(seed || 0) + Number(by || 1) : keep();

// scikit-learn's own settings of both models.
export function sklearnDefaults(clicks: number | null): unknown[] {
  const values = Object.values(scikitLearns);
  return clicks ? values : values.map(keep);
}
