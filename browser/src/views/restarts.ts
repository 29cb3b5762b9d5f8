// Restarts: a click on a start shows that fit. Another study has other starts.

import { ids, methods } from "../contract.ts";
import { keep, set, type Unchanged } from "../kernel/dash.ts";
import { onPoint } from "../parts/plots/clicks.ts";

interface Result {
  readonly request?: Readonly<Record<string, unknown>>;
}

const DRAWN_ONLY = ["scheme", "x", "y"];
let study: string | null = null;

export function listen(result: Result | null, picked: unknown): null | Unchanged {
  const work = Object.entries(result?.request ?? {}).filter(([key]) => !DRAWN_ONLY.includes(key));
  const now = JSON.stringify(Object.fromEntries(work));
  const other = study !== null && study !== now;
  study = now;
  return other && picked ? null : keep();
}

export function hearClicks(): void {
  for (const method of Object.keys(methods)) {
    onPoint(ids.restarts_plot(method), (start) => set(ids.RESTARTS_PICKED, { data: start }));
  }
}
