// What is done to each column: items like "log:price", one for each column that has any.

import { listItem } from "../../kernel/link.ts";

export const kindOf = (item: string): string => item.slice(0, item.indexOf(":"));
export const columnOf = (item: string): string => item.slice(item.indexOf(":") + 1);

// The items of a state, which has them as a list from the server, or as written in the link.
export const transforms = (value: unknown): string[] =>
  Array.isArray(value)
    ? value.map(String)
    : String(value ?? "")
        .split(",")
        .filter(Boolean)
        .map(decodeURIComponent);

// The items with another one for a column, or with none.
export function withTransform(items: readonly string[], column: string, kind: string): string[] {
  const kept = items.filter((item) => columnOf(item) !== column);
  return kind ? [...kept, `${kind}:${column}`] : kept;
}

// As they stand in a link.
export const written = (items: readonly string[]): string => items.map(listItem).join(",");
