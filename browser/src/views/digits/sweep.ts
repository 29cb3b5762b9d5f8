// The sweep of Digits over the number of components: long work with a chart, a bar and buttons of
// its own. It goes on while another view is open.

import { ids, keys, opens, type SweepPlan, type SweepRow } from "../../contract.ts";
import { keep, set, type Unchanged } from "../../kernel/dash.ts";
import { listed } from "../../kernel/link.ts";
import type { Figure } from "../../kernel/plotly.ts";
import { now } from "../../kernel/store.ts";
import { makeChain } from "../../parts/chain/chain.ts";
import { isUnderWay, type Job, rowsOf } from "../../parts/chain/job.ts";
import { sweepPicture, sweepWords } from "./sweep_shown.ts";

type Settings = Readonly<Record<string, unknown>>;

const NAME = "digits";
const chain = makeChain(
  NAME,
  { opened: draw, started: () => {}, stopped: draw, grown: draw, refused: () => {}, report },
  null,
);
let begun = false; // a link can start the sweep: once, for the settings that it opens with

const rows = (job: Job): SweepRow[] =>
  ((rowsOf(job).sweep ?? []) as unknown as SweepRow[]).sort((a, b) => a.size - b.size);
const planOf = (job: Job) => job.shown as SweepPlan;

// In one order, as a text names the work.
const ordered = (request: Settings): Settings =>
  Object.fromEntries(Object.entries(request).sort(([a], [b]) => (a < b ? -1 : 1)));

// The view is on the page: here is what a sweep over its images would be.
export function plan(given: SweepPlan | null): Unchanged {
  if (given) {
    const wanted = !begun && listed(now()?.open).includes(opens.sweep);
    begun = true;
    chain.begin(ordered(given.request), given, true);
    if (wanted) {
      chain.start();
    }
  }
  return keep();
}

// Other settings: the sweep under way is no longer the one on the page.
export function settings(request: Settings | null): Unchanged {
  const job = chain.job;
  if (request && job && isUnderWay(job)) {
    const ignored = keys.sweepIgnores as readonly string[];
    const own = Object.entries(request).filter(([key]) => !ignored.includes(key));
    if (JSON.stringify(ordered(Object.fromEntries(own))) !== job.token) {
      chain.stop();
    }
  }
  return keep();
}

export function start(clicks: number | null): Unchanged {
  if (clicks) {
    chain.start();
  }
  return keep();
}

export function stop(clicks: number | null): Unchanged {
  if (clicks) {
    chain.stop();
  }
  return keep();
}

// Effect: the chart.
function draw(job: Job): void {
  const { figure } = planOf(job);
  const picture = sweepPicture(figure as unknown as Figure, rows(job), job.token);
  set(ids.picture(ids.DIGITS_SWEEP), { data: picture });
}

// Effect: progress, buttons, and the sentence beside them.
function report(job: Job): void {
  const { sizes, offer } = planOf(job);
  const there = rows(job);
  const [some, all] = [there.length, sizes.length];
  const going = isUnderWay(job);
  set(ids.SWEEP_PROGRESS, { value: (100 * some) / all });
  set(ids.SWEEP_START, {
    disabled: going || some === all,
    children: some && some < all ? "Go on" : "Start",
  });
  set(ids.SWEEP_STOP, { disabled: !going });
  set(ids.SWEEP_STATUS, { children: sweepWords(job, there, all, offer) });
}
