// The sub-tabs of Compare: which of them shows, and what the groups are asked with.

import type { State } from "../../contract.ts";
import { keep, type Unchanged } from "../../kernel/dash.ts";
import { sameValue } from "../../kernel/link.ts";

type Request = Readonly<Record<string, unknown>>;

const GROUPS = "groups";

// What the style sheet shows of the view.
export const show = (state: State | null): string | Unchanged =>
  state?.tab ? `of-${state.tab}` : keep();

// A closed tab asks for nothing: the fits are those of the plots, and both may be asked for.
export function ask(
  state: State | null,
  request: Request | null,
  asked: Request | null,
): Request | Unchanged {
  const open = state?.tab === GROUPS && state.view === "compare";
  return open && request && !sameValue(request, asked) ? request : keep();
}

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
