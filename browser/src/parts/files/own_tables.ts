// Data sets that are stored tables: which table each showed last, for coming back to it.

import { type Key, type State, settings, tableData } from "../../contract.ts";

const OWN: readonly string[] = Object.values(tableData);
const last = new Map<string, string>(); // data set -> key of its last table
let openingOf = ""; // a data set whose settings are being set already

export const isOwn = (data: string): boolean => OWN.includes(data);

// Effect: the table of a state is remembered.
export function rememberTable({ data, table }: State): void {
  if (table && isOwn(data)) {
    last.set(data, table);
  }
}

// The table a data set showed last; built-in data have none, so their links give none away.
export function tableOf(name: string, state: State): string {
  const unknown = isOwn(state.data) ? "" : state.table;
  return isOwn(name) ? last.get(name) || unknown || "" : "";
}

// A stored table is about to become the data, with settings of its own.
export function opening(name: string, key: string, picked: boolean): void {
  last.set(name, key);
  openingOf = picked ? name : "";
}

// Whether a data set was picked by `opening`; true once.
export function expected(name: string): boolean {
  const found = openingOf === name;
  openingOf = "";
  return found;
}

// A copy: what goes to Dash may be changed there.
export const defaultsOf = (wanted: readonly Key[]): Partial<Record<Key, unknown>> =>
  Object.fromEntries(wanted.map((key) => [key, structuredClone(settings[key].default)]));
