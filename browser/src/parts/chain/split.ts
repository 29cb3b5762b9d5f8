// Rows without the name of each value in each row: most of what a row weighs is names.

import type { SplitRows } from "../../contract.ts";
import type { Row, Rows } from "./rivals.ts";

// The rows of each kind as pandas writes a table with orient="split"; rows of other columns
// make a table of their own, and the order within a table is that of the rows.
export function splitOf(rows: Rows): Record<string, SplitRows[]> {
  return Object.fromEntries(Object.entries(rows).map(([kind, some]) => [kind, tables(some)]));
}

function tables(rows: readonly Row[]): SplitRows[] {
  const found = new Map<string, { columns: string[]; data: unknown[][] }>();
  for (const row of rows) {
    const columns = Object.keys(row);
    const name = JSON.stringify(columns);
    const table = found.get(name) ?? { columns, data: [] };
    table.data.push(columns.map((column) => row[column] ?? null));
    found.set(name, table);
  }
  return [...found.values()];
}
