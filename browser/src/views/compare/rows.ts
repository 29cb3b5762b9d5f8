// Which rows are listed, and which is shown in full: pressed or drawn around in the plots, found
// by name, or the least likely. It is no setting of the page: with other data it is gone.

import { covarianceTypes, ids, keys, type RowRecord, type State } from "../../contract.ts";
import { keep, set, type Unchanged } from "../../kernel/dash.ts";
import { sameValue } from "../../kernel/link.ts";
import { around, find, isShown, onClick, onPress } from "../../kernel/page.ts";
import { onBuilt, type Plot, plotOf, relayout } from "../../kernel/plotly.ts";
import { hear, now } from "../../kernel/store.ts";
import { onLeave } from "../../parts/shell/address.ts";
import { askedOf } from "../../parts/shell/answers.ts";
import { type Corner, outlinesOf, type Selection } from "./outlines.ts";
import { NAMES } from "./plots.ts";
import { show as showRecord } from "./records.ts";

type Wanted =
  | { readonly kind: "outliers" }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "outlines"; readonly outlines: readonly Corner[][] };

// A point of the plots, a row of the file, or the first of the rows that are wanted.
type Picked = { readonly point: number } | { readonly row: number } | { readonly wanted: Wanted };

const ROWS = "rows";
const PLOTS: readonly string[] = [...NAMES, ...covarianceTypes]; // the pair, or the four types
const LEAST_LIKELY: Wanted = { kind: "outliers" };
const given = new Map<string, unknown>(); // store -> what it was given last
let wanted: Wanted = LEAST_LIKELY;
let picked: Picked | null = null;
let drawn: readonly Selection[] = []; // around points, as Plotly has it
let mode = "pan"; // what a drag does
let places = { data: "", axes: "" };

const isOpen = (state: State | null): boolean => state?.view === "compare" && state.tab === ROWS;
const finger = (): boolean => window.matchMedia("(hover: none)").matches;

const of = (state: State, names: readonly string[]): string =>
  JSON.stringify(names.map((name) => state[name as keyof State]));

// Effect: rows are forgotten that belong to other data, and outlines on other axes.
function forget(state: State): void {
  const axes = of(state, keys.placed);
  const data = of(
    state,
    keys.placed.filter((key) => key !== "x" && key !== "y"),
  );
  if (data !== places.data) {
    [wanted, picked] = [LEAST_LIKELY, null];
    [drawn, spot] = [[], []];
  } else if (axes !== places.axes || state.tab === "plots") {
    leaveOutlines();
  }
  places = { data, axes };
}

function leaveOutlines(): void {
  if (drawn.length || wanted.kind === "outlines") {
    drawn = [];
    wanted = wanted.kind === "outlines" ? LEAST_LIKELY : wanted;
    eachDrawn((plot) => hasOutlines(plot) && relayout(plot, { selections: [] }));
  }
}

// Effect: the server is asked for what is open, with the settings of the plots.
function ask(state: State | null): void {
  const request = isOpen(state) ? askedOf("compare") : null;
  if (request) {
    const whole = { ...request, tab: ROWS };
    give(ids.ROWS_LIST_REQUEST, { ...whole, wanted });
    give(ids.ROWS_RECORD_REQUEST, picked && { ...whole, ...picked });
  }
}

function give(store: string, request: unknown): void {
  if (!sameValue(request, given.get(store) ?? null)) {
    given.set(store, request);
    set(store, { data: request });
  }
}

function want(what: Wanted, row: Picked | null = picked): void {
  if (what.kind !== "outlines") {
    leaveOutlines();
  }
  [wanted, picked] = [what, row];
  set(ids.table_order(ids.ROWS_TABLE), { data: null });
  set(ids.table_page(ids.ROWS_TABLE), { value: 1 });
  ask(now());
}

function pick(row: Picked): void {
  picked = row;
  ask(now());
}

function search(): void {
  const field = find(ids.ROWS_SEARCH) as HTMLInputElement | null;
  const text = field?.value.trim() ?? "";
  const what: Wanted = { kind: "text", text };
  want(what, text ? { wanted: what } : null);
}

let spot: readonly number[] = []; // where the row that is shown in full lies

// Effect: a row is shown in full, and framed in the plots.
export function show(row: RowRecord | null): string | Unchanged {
  spot = row?.at ?? [];
  eachPlot(equip);
  return showRecord(row);
}

// What a drag in the plots does.
export function tool(value: string): string | Unchanged {
  mode = value || "pan";
  eachPlot(equip);
  return keep();
}

const eachDrawn = (act: (plot: Plot) => unknown): void =>
  PLOTS.forEach((name) => {
    const plot = plotOf(name);
    if (plot?.layout) {
      act(plot);
    }
  });

// Those in sight: the pair or the four types, and not what a link hides.
const eachPlot = (act: (plot: Plot) => unknown): void =>
  eachDrawn((plot) => isShown(plot) && act(plot));

const hasOutlines = (plot: Plot): boolean => selectionsOf(plot).length > 0;
const selectionsOf = (plot: Plot): readonly Selection[] =>
  (plot.layout.selections as Selection[] | undefined) ?? [];

const DRAWS: readonly string[] = ["select", "lasso"];
const WIDTH = 18; // pixels

// A note without words has a frame, and leaves the point below it to the mouse. Plotly takes the
// corners of a selection for pixels where there is a shape whose size is in pixels.
const frameAt = ([x, y]: readonly number[]): Record<string, unknown> => ({
  ...{ x, y, text: " ", showarrow: false, captureevents: false, width: WIDTH, height: WIDTH },
  ...{ bordercolor: getComputedStyle(document.body).color, borderwidth: 2, borderpad: 0 },
});

// Effect: a drag in a plot does what was chosen, and outlines and frame are drawn: a picture that
// has come anew knows nothing of them.
function equip(plot: Plot): void {
  const open = isOpen(now());
  const frames = open && spot.length ? [frameAt(spot)] : [];
  const change = {
    ...dragFor(plot, open),
    ...(open && drawn.length && !hasOutlines(plot) && { selections: drawn.map(copy) }),
    ...(!sameValue(frames, plot.layout.annotations ?? []) && { annotations: frames }),
  };
  if (Object.keys(change).length) {
    relayout(plot, change);
  }
}

// How a plot is dragged, where that is not as it should be.
function dragFor(plot: Plot, open: boolean): Record<string, unknown> {
  const [drag, chosen] = [plot.layout.dragmode, open && mode !== "pan"];
  if (chosen) {
    return drag === mode ? {} : { dragmode: mode };
  }
  const still = finger() && !plot.closest(".zoomed") ? false : "pan";
  return DRAWS.includes(String(drag)) ? { dragmode: still } : {};
}

// Effect: what was drawn in one plot is drawn in the other, and its rows are listed.
function take(plot: Plot): void {
  const selections = selectionsOf(plot).map((one) => ({ ...one }));
  const outlines = outlinesOf(selections);
  if (!isOpen(now()) || !outlines.length || sameValue(selections, drawn)) {
    return;
  }
  drawn = selections;
  eachPlot((other) => other !== plot && relayout(other, { selections: drawn.map(copy) }));
  want({ kind: "outlines", outlines });
}

const copy = (one: Selection): Selection => ({ ...one });

// Effect: plots, the search and the list are listened to.
export function listen(): void {
  onLeave(() => {
    given.clear();
    mode = "pan";
  });
  hear(({ state }) => {
    forget(state);
    ask(state);
    eachPlot(equip);
  });
  onBuilt((plot, name) => {
    if (!PLOTS.includes(name)) {
      return;
    }
    plot.on?.("plotly_click", ({ points }) => {
      const index = Number(points?.[0]?.customdata ?? Number.NaN);
      if (isOpen(now()) && Number.isInteger(index)) {
        pick({ point: index });
      }
    });
    plot.on?.("plotly_selected", () => take(plot));
    plot.on?.("plotly_deselect", () => want(LEAST_LIKELY));
    plot.on?.("plotly_afterplot", () => equip(plot));
  });
  onPress(ids.ROWS_FIND, search);
  onPress(ids.ROWS_LEAST, () => want(LEAST_LIKELY));
  onClick<HTMLAnchorElement>(`a[href^="${ids.ROWS_LINK}"]`, (link, event) => {
    event.preventDefault();
    pick({ row: Number(link.getAttribute("href")?.slice(ids.ROWS_LINK.length)) });
  });
  onClick(".record-turn", (button) => pick({ row: Number(button.dataset.to) }));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && around(event, `#${ids.ROWS_SEARCH}`)) {
      search();
    }
  });
}
