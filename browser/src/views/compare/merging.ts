// The slider that joins the mixture's components to groups.

import type { State } from "../../contract.ts";
import { keep, type Unchanged } from "../../kernel/dash.ts";

// The slider's right end is as many groups as components: none are joined, whatever K becomes.
export function merge(
  value: number | null,
  most: number | null,
  state: State | null,
): string | Unchanged {
  if (value === null || most === null || !state) {
    return keep();
  }
  const asked = Number(state.merge);
  const shown = asked > 0 && asked < most ? asked : most;
  return value === shown ? keep() : String(value < most ? value : 0);
}

// The number beside it.
export const count = (value: number | null, most: number | null): string =>
  value === null || most === null ? "" : `${value} of ${most} components`;
