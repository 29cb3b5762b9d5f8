// A stored table becomes the data of the page.

import { ids, keys, ownDefaults, type State, tableData } from "../../contract.ts";
import { keep } from "../../kernel/dash.ts";
import { find, isShown } from "../../kernel/page.ts";
import { firstAxes } from "../plots/axes.ts";
import { navigate } from "../shell/address.ts";
import { opening } from "./own_tables.ts";

type Kind = keyof typeof ownDefaults;

export interface Uploaded {
  readonly key: string;
  readonly columns?: readonly string[];
  readonly d?: number; // columns to cluster
  readonly kind?: Kind; // a table, unless it says otherwise
  readonly cols?: readonly string[]; // chosen already; none: the usual ones
  readonly label?: string | null;
}

// Columns are chosen anew, unless they were chosen already in the dialog, or those of the table
// before are in this one, too.
export function open(uploaded: Uploaded | null, state: State): unknown[] {
  if (!uploaded) {
    return nothing();
  }
  const kind = uploaded.kind ?? tableData.upload;
  const same = state.data === kind && state.table === uploaded.key;
  if (same && revived(uploaded, state)) {
    return nothing();
  }
  const picked = state.data !== kind;
  opening(kind, uploaded.key, picked);
  const values = settingsOf(uploaded, state);
  return [...keys.opened.map((key) => values[key]), picked ? kind : keep()];
}

// What a table is opened with.
export function settingsOf(uploaded: Uploaded, state: State) {
  const kind = uploaded.kind ?? tableData.upload;
  return { data: kind, table: uploaded.key, ...suited(uploaded, kind, state) };
}

const nothing = (): unknown[] => [...keys.opened.map(keep), keep()];

function suited(uploaded: Uploaded, kind: Kind, state: State) {
  const goesOn = continues(kind, uploaded.columns ?? [], state);
  const before = goesOn ? state : { cols: [], label: null };
  const { cols, label } = uploaded.cols ? uploaded : before;
  return {
    cols,
    label: label || null,
    weights: goesOn && uploaded.columns?.includes(state.weights) ? state.weights : null,
    scale: goesOn ? state.scale : ownDefaults[kind].scale,
    ...(goesOn ? { x: state.x, y: state.y } : firstAxes(uploaded.d ?? 0, state)),
    transform: goesOn ? state.transform : "",
    pcs: goesOn ? state.pcs : 0,
  };
}

// The very table of this page: a page that could not show it is built again, as its link says.
function revived(uploaded: Uploaded, state: State): boolean {
  const asked =
    uploaded.cols !== undefined &&
    (String(uploaded.cols) !== String(state.cols) || (uploaded.label || "") !== state.label);
  if (!asked && isShown(find(ids.ERROR))) {
    navigate(window.location.search);
  }
  return !asked;
}

type Columns = Pick<State, "data" | "cols" | "label">;

// Whether what was chosen of the table before is in this one, too.
export function continues(kind: string, columns: readonly string[], state: Columns): boolean {
  const names = [...(state.cols ?? []), state.label].filter(Boolean).map(String);
  return kind === state.data && names.length > 0 && names.every((name) => columns.includes(name));
}
