// "All rows" below How many? of a table in many files: all models go on in one chain, which the
// section's bar, words and buttons show, and at its end the server draws what it has reached.

import { addresses, type Gathered, ids } from "../contract.ts";
import { set } from "../kernel/dash.ts";
import { find } from "../kernel/page.ts";
import { hear } from "../kernel/store.ts";
import { goOn, halt, jobOf, type Onward, untouched } from "../parts/chain/onward.ts";
import { type Config, type Request, type Steered, steer } from "./long_work.ts";

// What the server offers: `says` is what it would take.
export interface Elsewhere {
  readonly work: Onward["work"];
  readonly says: string;
}

interface Job extends Onward {
  request: Request;
  estimate: string;
}

const jobs = new Map<string, Job>(); // settings -> how far they are
let current: Job | null = null; // what the section shows

const steered: Steered = {
  start() {
    if (current && current.status !== "running" && current.status !== "done") {
      void run(current);
    }
  },
  stop() {
    if (current) {
      halt(current);
      show(current);
    }
  },
  all: () => (current?.status === "done" ? gathered(current) : null),
};

// Effect: the section is of this work from here on; null: there is none.
export function open(config: Config, request: Request | null, offer: Elsewhere | null): void {
  const before = current;
  current = request && offer ? opened(request, offer) : null;
  steer(config, current && steered);
  if (before && before !== current) {
    halt(before);
  }
  if (current) {
    show(current);
    publish(current);
  }
}

function opened(request: Request, { work, says }: Elsewhere): Job {
  const job = jobOf(jobs, work, () => ({ work, request, estimate: says, ...untouched, turn: 0 }));
  return Object.assign(job, { request, estimate: says });
}

async function run(job: Job): Promise<void> {
  await goOn(job, addresses.allModels, {
    show: () => show(job),
    say: (_, words) => say(job, words),
  });
  if (job === current && job.status === "done") {
    publish(job);
  }
}

// Effect: what has been found goes to the part of the server that draws; nothing before the end.
function publish(job: Job): void {
  set(ids.chain(ids.WHOLE, "result"), { data: gathered(job) });
}

function gathered({ request, reached, status }: Job): Gathered {
  const finished = status === "done";
  const found = finished ? { reached } : {};
  return { request, ...found, names: [], notes: [], finished, waiting: !finished };
}

// Effect: bar, words and buttons are those of the job, if it is the one on the page.
function show(job: Job): void {
  const frame = find(ids.chain(ids.WHOLE, "frame"));
  const bar = frame?.querySelector<HTMLElement>(".chain-fill");
  if (job !== current || !frame || !bar) {
    return;
  }
  const percent = job.status === "new" ? 0 : Math.round(100 * job.share);
  frame.dataset.can = canDo(job);
  bar.style.width = `${percent}%`;
  frame.querySelector(".chain-bar")?.setAttribute("aria-valuenow", String(percent));
  say(job, job.status === "new" ? job.estimate : job.said);
}

function say(job: Job, words: string): void {
  const text = find(ids.chain(ids.WHOLE, "frame"))?.querySelector(".chain-text");
  if (job === current && text && text.textContent !== words) {
    text.textContent = words;
  }
}

function canDo({ status, reached }: Job): string {
  if (status === "running" || status === "done") {
    return status === "done" ? "" : "stop";
  }
  return status === "new" ? "begin" : reached ? "resume" : "retry";
}

hear(({ state }) => {
  if (current && state.view !== "select") {
    halt(current); // the view is left: nothing more is asked for
    show(current);
  }
});
