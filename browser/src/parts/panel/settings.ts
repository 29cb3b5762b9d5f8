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
import { rememberTable } from "../files/own_tables.ts";
import { write } from "../shell/address.ts";
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
  before: State,
  ...asked: readonly (Request | null)[]
): [State, ...(Request | Unchanged)[]] {
  const state = stateOf(values, places, before);
  write(state, before, isRestoring());
  record(state);
  know(state);
  rememberTable(state);
  const open = mounted.includes(state.view);
  const names = [DATA, ...Object.keys(routes)];
  const requests = names.map((name, i) => {
    const request = requestFor(name, state, scheme, open, routes);
    return request === null || sameValue(request, asked[i]) ? keep() : request;
  });
  if (find(ids.ERROR) && requests.some((request) => request !== keep())) {
    set(ids.ERROR, { hide: true });
  }
  showStage(state.view, mounted, names.slice(1));
  if (state.view !== before.view) {
    showPanel(state.view, panel); // the server has done it for the view it opened the page with
  }
  const concerns = routes[state.view] ?? [];
  showNotes(concerns.includes(DATA));
  showTitle(state, concerns);
  tell({ state, asks: !open || requests[names.indexOf(state.view)] !== keep() });
  if (!open) {
    // Not by an output: Dash runs no callback twice in one chain, and this one must come again.
    set(ids.MOUNT, { data: state.view });
  }
  return [state, ...requests];
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

function requestFor(
  name: string,
  state: State,
  scheme: string,
  open: boolean,
  routes: Readonly<Record<string, Wanted>>,
): Request | null {
  if (name !== DATA && !(name === state.view && open)) {
    return null;
  }
  const wanted: Wanted = name === DATA ? keys.dataRequest : (routes[name] ?? []);
  const own = wanted.filter((key): key is Key => key !== "scheme");
  return { scheme, ...Object.fromEntries(own.map((key) => [key, state[key]])) };
}

// The number beside a slider.
export const repeat = (value: unknown): string | Unchanged =>
  typeof value === "number" ? String(Number(value.toPrecision(4))) : keep();

// The next seed.
export const next = (clicks: number | null, seed: unknown, by?: unknown): number | Unchanged =>
  clicks ? Number(seed || 0) + Number(by || 1) : keep();

// scikit-learn's own settings of both models.
export function sklearnDefaults(clicks: number | null): unknown[] {
  const values = Object.values(scikitLearns);
  return clicks ? values : values.map(keep);
}
