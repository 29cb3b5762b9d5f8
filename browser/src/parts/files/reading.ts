// The dialog "How I read it": when it opens, and what becomes of the table it asks about. The
// server fills it.

import { ids, type Reading, tableData } from "../../contract.ts";
import { keep, set, type Unchanged } from "../../kernel/dash.ts";
import { refocus } from "../../kernel/page.ts";
import { now } from "../../kernel/store.ts";
import { letGo, type ReadOptions } from "./held_file.ts";
import { continues } from "./open_table.ts";
import { chosenColumns } from "./reading_choice.ts";
import type { Said } from "./sending.ts";

let pending = false; // whether the dialog asks about a table that is not the data yet

// Effect: a line in the dialog.
export const say = (children: string): void => set(ids.READING_STATUS, { children });

const fill = (asked: object): void => set(ids.READING, { data: { ...asked, time: Date.now() } });

// For the table that is open.
export function open(clicks: number | null, state: Shown): void {
  if (clicks && state.table) {
    pending = false;
    say("");
    fill({ key: state.table, cols: state.cols, label: state.label });
  }
}

interface Shown {
  readonly table: string;
  readonly cols: unknown;
  readonly label: unknown;
}

// For a table that was just read; what was chosen before stays chosen where it can.
export function ask(key: string, columns: readonly string[]): void {
  const state = now();
  const goesOn = state && continues(tableData.upload, columns, state);
  pending = true;
  say("");
  fill({ key, cols: goesOn ? state.cols : null, label: goesOn ? state.label : null });
}

// For the same file, read in another way.
export function askAgain(key: string): void {
  pending = true;
  say("Read again.");
  fill({ key, cols: null, label: null });
}

// For a text that is no table yet: how it is written can be said.
export function mend(said: Said, options: ReadOptions): void {
  pending = true;
  say("");
  fill({ refused: said.message, ways: said.ways, options });
}

export const enough = (columns: readonly string[] | null): boolean =>
  !columns || columns.length < 2;

export function use(
  clicks: number | null,
  shown: Reading | null,
  ticked: readonly string[],
  label: string | null,
): unknown[] {
  if (!clicks || !shown) {
    return [keep(), keep(), keep()];
  }
  const cols = chosenColumns(shown, ticked);
  if (!cols) {
    return [keep(), keep(), "These column names are too long for a link. Choose fewer columns."];
  }
  pending = false;
  const d = (cols.length > 0 ? cols : shown.usual).length;
  const chosen = { key: shown.key, columns: shown.names, cols, label, d };
  return [{ ...chosen, time: Date.now() }, false, ""];
}

export const leave = (clicks: number | null): false | Unchanged => (clicks ? false : keep());

export function closed(opened: boolean): void {
  if (opened === false) {
    refocus(ids.READING_OPEN, ids.UPLOAD);
    letGo();
    if (pending) {
      set(ids.UPLOAD_STATUS, { children: "Not opened: the data are as before." });
    }
    pending = false;
  }
}
