// Long work as a chain of short requests: asks for the next piece when one has arrived, so that
// results grow, can be stopped, and survive a lost connection. The server need keep nothing: a
// piece follows from the settings and its number alone, and what it has forgotten it is given.

import { addresses, type Piece } from "../../contract.ts";
import { type Answer, again, once, toldBy, under } from "../../kernel/requests.ts";
import { attempts, pauseOf, sentence } from "../../kernel/retry.ts";
import { hear } from "../../kernel/store.ts";
import { AT_ONCE, add, endOne, fresh, isUnderWay, type Job, putBack, takeNext } from "./job.ts";

const HEAD_START_MS = 80; // of the first piece before the second
const KEPT = 8; // finished or broken-off jobs of a view that are remembered

// What the page shows of a job; it hears of the job that is on the page, and of no other.
export interface Face {
  opened(job: Job): void; // it is the one on the page from now on
  started(job: Job): void; // by a person
  stopped(job: Job): void; // by a person
  grown(job: Job, now: boolean): void; // there is more of it; `now`: no more follows for a while
  refused(job: Job): void; // with `job.said`
  report(job: Job): void; // how far it is
}

export interface Chain {
  begin(work: Readonly<Record<string, unknown>>, shown: unknown, held?: boolean): void;
  start(): void;
  stop(): void;
  publish(): void; // what there is once more
  readonly job: Job | null;
}

// The chain of this name. `home`: while another view than this one is open, nothing is asked for;
// null where it goes on.
export function makeChain(name: string, face: Face, home: string | null): Chain {
  const kept = new Map<string, Job>(); // token -> job
  let current: Job | null = null;

  const report = (job: Job): void => {
    if (job.onPage) {
      face.report(job);
    }
  };

  // Go on with the same work, or begin other work; `held`: not before a person says so.
  function begin(work: Readonly<Record<string, unknown>>, shown: unknown, held = false): void {
    const token = JSON.stringify(work);
    const job = current?.token === token ? current : (kept.get(token) ?? fresh(work));
    if (current && current !== job) {
      current.onPage = false;
      rest(current);
    }
    current = job;
    Object.assign(job, { shown, onPage: true });
    if (held && job.status === "new") {
      job.status = "waiting";
    }
    face.opened(job);
    if (job.status === "new" || job.status === "paused") {
      goOn(job);
    }
    report(job);
  }

  function rest(job: Job): void {
    if (isUnderWay(job)) {
      job.status = "paused";
    }
  }

  function remember(job: Job): void {
    kept.delete(job.token);
    kept.set(job.token, job);
    const [oldest = ""] = kept.keys();
    if (kept.size > KEPT) {
      kept.delete(oldest);
    }
  }

  function goOn(job: Job): void {
    job.status = "running";
    fill(job, job.planned ? AT_ONCE : 1);
    if (!job.planned) {
      // The first piece is short, and alone it is shorter.
      window.setTimeout(() => job.status === "running" && fill(job, AT_ONCE), HEAD_START_MS);
    }
  }

  function fill(job: Job, most: number): void {
    while (job.asked < most) {
      const piece = takeNext(job, performance.now());
      if (piece === undefined) {
        return;
      }
      void ask(job, piece);
    }
  }

  async function ask(job: Job, piece: number): Promise<void> {
    const { work, go } = job;
    const answer = await once(under(`${addresses.pieces}/${name}`), { work, piece, go });
    endOne(job, performance.now());
    if (job.status === "done") {
      return; // a piece beyond the last one, asked for before their number was known
    }
    if (answer.ok && answer.json) {
      take(job, piece, answer.json as Piece);
    } else if (again(answer) || answer.ok) {
      retry(job, piece, answer);
    } else {
      refuse(job, piece, sentence(answer.status));
    }
    report(job);
  }

  // Something has arrived: a piece, the question whether to begin at all, or an error.
  function take(job: Job, piece: number, answer: Piece): void {
    job.failures = 0;
    if (answer.error) {
      refuse(job, piece, answer.error);
      return;
    }
    job.notes = answer.notes ?? [];
    if (answer.wait) {
      wait(job, piece, answer, answer.wait);
      return;
    }
    add(job, piece, answer);
    remember(job);
    const finished = (job.status as string) === "done";
    if (job.status === "running") {
      goOn(job); // first, so that the server works while the browser draws
    }
    grow(job, finished || !isUnderWay(job));
  }

  // Effect: what there is so far is drawn, unless the page shows something else by now.
  function grow(job: Job, now: boolean): void {
    if (job.onPage) {
      face.grown(job, now);
    }
  }

  // Long work is begun by a person. The answer may be to a request sent before that.
  function wait(job: Job, piece: number, answer: Piece, seconds: number): void {
    putBack(job, piece);
    job.pieces = answer.pieces ?? null;
    job.wait = seconds;
    if (job.status === "running" && job.go) {
      goOn(job);
    } else if (isUnderWay(job)) {
      job.status = "waiting";
      grow(job, true);
    }
  }

  function refuse(job: Job, piece: number, said: string): void {
    putBack(job, piece);
    job.status = "refused";
    job.said = said;
    if (job.onPage) {
      face.refused(job);
    }
  }

  // No answer, or a bad one: the piece is asked for again, later each time. A place in the
  // server's queue is no failure: it is asked for again when the server says.
  function retry(job: Job, piece: number, answer: Answer): void {
    putBack(job, piece);
    if (job.status !== "running") {
      return;
    }
    job.told = answer.status ? toldBy(answer) : null;
    job.failures = job.told?.queued ? 0 : job.failures + 1;
    if (job.failures > attempts.piece) {
      job.status = "lost";
      return;
    }
    job.status = "retrying";
    job.pause = pauseOf(job.failures - 1, job.told);
    window.setTimeout(() => {
      if (job.onPage && job.status === "retrying") {
        goOn(job);
        report(job);
      }
    }, 1000 * job.pause);
  }

  function start(): void {
    const job = current;
    if (job && job.status !== "running" && job.status !== "done") {
      job.go = true;
      job.failures = 0;
      face.started(job);
      goOn(job);
      report(job);
    }
  }

  function stop(): void {
    if (current && isUnderWay(current)) {
      current.status = "stopped";
      face.stopped(current);
      report(current);
    }
  }

  function publish(): void {
    if (current) {
      grow(current, true);
    }
  }

  // Another view is opened: no more requests until this one is open again. If it opens with
  // other settings, `begin` will say so.
  function turned(view: string, asks: boolean): void {
    if (!current) {
      return;
    }
    if (view !== home) {
      rest(current);
      report(current);
    } else if (!asks && current.status === "paused") {
      goOn(current);
      report(current);
    }
  }

  if (home !== null) {
    hear(({ state, asks }) => turned(state.view, asks));
  }

  return {
    begin,
    start,
    stop,
    publish,
    get job() {
      return current;
    },
  };
}
