// Both models over all rows of a long table, of which the page has a sample: a chain of requests,
// each of which goes on from what the one before has reached, and names what it reaches. What is
// found of a table in many files stands below the sample's; of one that is here it takes its place.

import { type AllRows, addresses, ids, type State, type WrittenPiece } from "../../contract.ts";
import { set } from "../../kernel/dash.ts";
import { find, onPress } from "../../kernel/page.ts";
import { send, under } from "../../kernel/requests.ts";
import { attempts, sentence } from "../../kernel/retry.ts";
import { hear, now, tell } from "../../kernel/store.ts";
import { goOn, halt, jobOf, type Onward, untouched } from "../../parts/chain/onward.ts";
import { askAgain, askedOf } from "../../parts/shell/answers.ts";

interface Job extends Onward {
  readonly elsewhere: boolean; // the rows are in many files, and the plots stay with the sample
}

const jobs = new Map<string, Job>(); // settings -> how far they are
let current: Job | null = null; // what the plots show, if that can be fitted
let shown: Job | null = null; // what the server has written of a finished one
let outdated: unknown = null; // what Density was asked before the models had all rows

// Effect: what the plots show is what can be fitted from here on; null: there are no more rows.
export function offer(offered: AllRows | null | undefined): void {
  const box = find(ids.ALL_ROWS);
  if (!box) {
    return;
  }
  box.hidden = !offered;
  const before = current;
  current = offered?.work ? opened(offered.work, offered.elsewhere) : null;
  if (before && before !== current) {
    halt(before);
  }
  if (offered) {
    set(ids.ALL_ROWS_SAYS, { children: offered.says });
  }
  show();
  showFound();
}

function opened(work: Job["work"], elsewhere: boolean): Job {
  const job = jobOf(jobs, work, () => ({ work, elsewhere, ...untouched, turn: 0 }));
  if (job.status === "done" && !elsewhere) {
    Object.assign(job, untouched); // what was found is not kept any more: it can be fitted again
  }
  return job;
}

// Effect: buttons, bar and words are those of the job.
function show(): void {
  const status = current?.status;
  const running = status === "running";
  hide(ids.ALL_ROWS_START, !current || running || status === "done");
  hide(ids.ALL_ROWS_STOP, !running);
  hide(ids.ALL_ROWS_BAR, !running);
  const start = find(ids.ALL_ROWS_START);
  if (start) {
    start.textContent = current?.reached ? "Continue" : "Fit all rows";
  }
  const bar = find(ids.ALL_ROWS_BAR);
  const percent = Math.round(100 * (current?.share ?? 0));
  bar?.setAttribute("aria-valuenow", String(percent));
  const fill = bar?.firstElementChild;
  if (fill instanceof HTMLElement) {
    fill.style.width = `${percent}%`;
  }
  say(current?.said ?? "");
}

function hide(id: string, hidden: boolean): void {
  const element = find(id);
  if (element) {
    element.hidden = hidden;
  }
}

function say(words: string): void {
  const text = find(ids.ALL_ROWS_TEXT);
  if (text) {
    text.textContent = words;
  }
}

// Effect: the server writes what a finished job has found; nothing stands there for any other.
// It is asked once for each, and not at all for what has not been fitted.
function showFound(): void {
  const done = current?.elsewhere && current.status === "done" ? current : null;
  if (done === shown) {
    return;
  }
  shown = done;
  set(ids.ALL_ROWS_REACHED, { data: done && { work: done.work, reached: done.reached } });
}

async function run(job: Job): Promise<void> {
  await goOn(job, addresses.allRows, {
    show: () => job === current && show(),
    say: (_, words) => job === current && say(words),
  });
  if (job === current) {
    showFound();
  }
  if (job === current && job.status === "done" && !job.elsewhere) {
    await showAll();
  }
}

// Effect: the view, and what else is open of it, is asked for again: now it is of all rows.
async function showAll(): Promise<void> {
  const state = now();
  outdated = askedOf("density");
  const answer = askAgain("compare", { rows: "all" });
  if (state) {
    tell({ state, asks: true });
  }
  await answer;
}

// Effect: the labels of what is shown are written where the field says, file by file.
async function write(): Promise<void> {
  const field = find(ids.ALL_ROWS_PLACE);
  const job = current;
  if (!(field instanceof HTMLInputElement) || job?.status !== "done") {
    return;
  }
  const report = (words: string) => {
    const text = find(ids.ALL_ROWS_WRITTEN);
    if (text && job === current) {
      text.textContent = words;
    }
  };
  const button = find(ids.ALL_ROWS_WRITE) as HTMLButtonElement | null;
  button?.setAttribute("disabled", "");
  report("Looking at the place …");
  report(await written(job, field.value, report));
  button?.removeAttribute("disabled");
}

// What is said in the end.
async function written(job: Job, place: string, report: (words: string) => void): Promise<string> {
  for (let before = ""; ; ) {
    const answer = await send(
      under(`${addresses.pieces}/${addresses.allLabels}`),
      { reached: job.reached, place, written: before },
      { most: attempts.piece, say: report },
    );
    const piece = answer?.ok ? (answer.json as WrittenPiece | null) : null;
    if (!piece?.written || piece.finished) {
      return piece?.said || piece?.error || sentence(answer?.status ?? 0);
    }
    report(piece.said ?? "");
    before = piece.written;
  }
}

// Effect: Density, open once more with the settings it had before, is asked for again: its mixture
// may be of all rows now.
function refresh(state: State): void {
  if (outdated && state.view === "density") {
    const same = askedOf("density") === outdated;
    outdated = null;
    void (same && askAgain("density", { rows: "all" }));
  }
}

export function listen(): void {
  onPress(ids.ALL_ROWS_WRITE, () => void write());
  onPress(ids.ALL_ROWS_START, () => {
    if (current && current.status !== "running" && current.status !== "done") {
      void run(current);
    }
  });
  onPress(ids.ALL_ROWS_STOP, () => {
    if (current) {
      halt(current);
      show();
    }
  });
  hear(({ state }) => {
    if (current && state.view !== "compare") {
      halt(current); // the view is left: nothing more is asked for
    }
    refresh(state);
  });
}
