// What a page says instead of the rows that the server has: names. Pieces bring theirs; where a
// worker lacks some, as after a restart, it gets all rows once, and calls them by one name.

import type { Gathered, KeptUnder } from "../../contract.ts";
import { type Job, rowsOf } from "./job.ts";
import { splitOf } from "./split.ts";

export const MOST_NAMES = 200; // beyond it the rows, of which most have lost, are shorter

// What there is of a job, for the part of the server that draws.
export function gathered(job: Job, whole = false): Gathered {
  const rows = whole || job.lost || job.nameless || job.names.length > MOST_NAMES;
  return {
    request: job.shown as Gathered["request"],
    names: [...job.names],
    ...(rows ? { rows: splitOf(rowsOf(job)) } : {}),
    notes: [...job.notes],
    finished: job.status === "done",
    waiting: job.status === "waiting",
  };
}

// Whether the server has to get rows for these names: not when it is getting them already, nor
// those of another job. Effect: with the next drawing it does.
export function isLost(job: Job, names: readonly string[]): boolean {
  const news = !job.lost && names.some((name) => job.names.includes(name));
  job.lost ||= news;
  return news;
}

// Effect: rows of some pieces have one name together.
export function nameAnew(job: Job, { name, instead }: KeptUnder): void {
  job.lost = false;
  if (instead.some((one) => job.names.includes(one))) {
    job.names = [name, ...job.names.filter((one) => one !== name && !instead.includes(one))];
  }
}
