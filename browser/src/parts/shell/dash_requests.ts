// The requests that Dash sends by itself. One without an answer is sent again, since equal requests
// have equal answers; and whatever happens to it is said on the page, which would stay silent
// otherwise.

import { ids } from "../../contract.ts";
import type { Id } from "../../kernel/dash.ts";
import { find } from "../../kernel/page.ts";
import { attempts, mayPass, pauseOf, sentence, type Told, toldBy } from "../../kernel/retry.ts";
import { forgive, hasPage, refuse, write } from "./status_line.ts";

const SLOW_S = 8; // without an answer for so long, the page says that it is being worked on
const BACK_MS = 3000;
const ADDRESS = /_dash-update-component(\?|$)/;

interface Body {
  readonly output?: unknown;
  readonly outputs?: unknown;
  readonly inputs?: readonly Named[];
}

interface Named {
  readonly id: string | Readonly<Record<string, string>>;
}

// One request until it is answered. `key`: what it fills; `stage`: where its picture will be.
interface Job {
  readonly key: string;
  readonly stage: string | null;
  next: Job | null; // a newer one for the same place
  over: Promise<Response>;
  wake: () => void;
  told: Told | null;
  lost: boolean; // no connection, rather than a busy server
  gaveUp: boolean; // until a person decides
  asked: boolean; // by a person, who may expect as many attempts again
}

const newest = new Map<string, Job>();
const waiting = new Set<Job>(); // will be sent again
const slow = new Set<Job>();
const failed = new Map<string, string | null>(); // what is filled -> the stage that shows older
let troubled = false; // something has been lost since the last good answer
let backUntil = 0;
let send: typeof window.fetch;

// Effect: Dash's own requests pass through here.
export function watch(): void {
  send = window.fetch.bind(window);
  window.fetch = (resource, options) => {
    const ours = typeof resource === "string" && ADDRESS.test(resource);
    return ours && options ? take(resource, options) : send(resource, options);
  };
  window.addEventListener("online", wakeAll);
  document.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.id === ids.TRY_AGAIN) {
      wakeAll();
    }
  });
}

const wakeAll = (): void => waiting.forEach(({ wake }) => wake());

function take(resource: string, options: RequestInit): Promise<Response> {
  const body: Body = JSON.parse(String(options.body));
  const job = jobOf(body);
  const before = newest.get(job.key);
  newest.set(job.key, job);
  if (before) {
    before.next = job;
    before.wake();
  }
  job.over = persist(job, resource, options);
  return job.over;
}

function jobOf(body: Body): Job {
  return {
    key: JSON.stringify(body.outputs ?? body.output),
    stage: stageOf(body),
    next: null,
    over: Promise.resolve(new Response()),
    wake: () => {},
    told: null,
    lost: false,
    gaveUp: false,
    asked: false,
  };
}

// The view whose picture the answer will be: known by its request, else by where it goes.
function stageOf(body: Body): string | null {
  for (const { id } of [body.inputs ?? [], body.outputs ?? []].flat(3) as Named[]) {
    const named = typeof id === "string" ? id.replace(ids.request(""), "") : (id?.name ?? "");
    if (find(ids.stage(named))) {
      return ids.stage(named);
    }
    const around = find(id as Id)?.parentElement?.closest(".stage");
    if (around) {
      return around.id;
    }
  }
  return null;
}

// Sends until there is an answer. A job that was overtaken by a newer one for the same place
// ends with it and changes nothing.
async function persist(job: Job, resource: string, options: RequestInit): Promise<Response> {
  for (let attempt = 0; ; attempt = job.asked || job.told?.queued ? 0 : attempt + 1) {
    const answer = await watched(job, () => once(resource, options));
    if (!mayPass(answer.status)) {
      return arrived(job, answer);
    }
    if (!job.next) {
      await pause(job, attempt, answer);
    }
    if (job.next) {
      waiting.delete(job);
      await job.next.over;
      return new Response(null, { status: 204 });
    }
  }
}

// One attempt. No connection, half an answer, or the page of somebody else's gateway count
// as "not available": Dash itself would leave the plots greyed for ever.
async function once(resource: string, options: RequestInit): Promise<Response> {
  try {
    const answer = await send(resource, options);
    const { status, headers } = answer;
    const content = status === 204 ? null : await answer.arrayBuffer();
    const foreign = status === 200 && !/json/.test(headers.get("Content-Type") ?? "");
    return foreign ? lost() : new Response(content, { status, headers });
  } catch {
    return lost();
  }
}

const lost = (): Response => new Response("{}", { status: 503, headers: { "X-Lost": "1" } });

async function watched<T>(job: Job, attempt: () => Promise<T>): Promise<T> {
  const timer = window.setTimeout(() => {
    slow.add(job);
    show();
  }, 1000 * SLOW_S);
  try {
    return await attempt();
  } finally {
    window.clearTimeout(timer);
    slow.delete(job);
  }
}

// Waits a little longer each time; a network that comes back, a press on "Try again" or a
// newer request end the wait.
async function pause(job: Job, attempt: number, answer: Response): Promise<void> {
  job.lost = answer.headers.has("X-Lost");
  job.told = await toldBy(answer);
  job.gaveUp = !job.told.queued && attempt + 1 >= attempts.page;
  waiting.add(job);
  troubled = true;
  mark(job.stage, "stage busy stale");
  show();
  const seconds = pauseOf(attempt, job.told);
  await new Promise<void>((resolve) => {
    job.wake = resolve;
    if (!job.gaveUp) {
      window.setTimeout(resolve, 1000 * seconds);
    }
  });
  job.asked = job.gaveUp;
  job.gaveUp = false;
  show();
}

// An answer, good or bad. What the server refuses in words of its own is a good one.
function arrived(job: Job, answer: Response): Response {
  waiting.delete(job);
  if (troubled && answer.ok && !waiting.size) {
    troubled = false;
    backUntil = Date.now() + BACK_MS;
    window.setTimeout(show, BACK_MS + 50);
  }
  if (answer.ok) {
    recovered(job);
  } else if (!job.next) {
    failed.set(job.key, job.stage);
    refuse(sentence(answer.status));
    window.setTimeout(() => failed.has(job.key) && mark(job.stage, "stage stale"), 0); // after Dash
  }
  show();
  // Dash reads the text of some refusals twice, and fails at that; it needs none of them.
  return answer.ok ? answer : new Response("{}", { status: 500 });
}

function recovered(job: Job): void {
  const had = failed.delete(job.key);
  const older = [...failed.values(), ...[...waiting].map(({ stage }) => stage)];
  const stale = job.stage !== null && find(job.stage)?.classList.contains("stale");
  if (stale && !older.includes(job.stage)) {
    mark(job.stage, "stage");
  }
  if (had && !failed.size) {
    forgive();
  }
}

// Effect: the plots of a stage are older than its settings, or no longer so.
function mark(stage: string | null, className: string): void {
  const element = stage && find(stage);
  if (element) {
    element.className = className;
  }
}

// Effect: the status line.
function show(): void {
  const jobs = [...waiting];
  if (jobs.some((job) => job.gaveUp)) {
    write("The server does not answer. Your settings are kept.", true);
  } else if (jobs.length) {
    write(`${why(jobs)} …`);
  } else if (slow.size) {
    write("The server is still working on this …");
  } else if (Date.now() < backUntil) {
    write("Back again");
  } else if (hasPage()) {
    write("");
  }
}

function why(jobs: readonly Job[]): string {
  if (jobs.some((job) => job.lost)) {
    return "Connection lost, trying again";
  }
  const told = jobs.map((job) => job.told?.words).filter(Boolean);
  return told.at(-1) ?? "The server is busy or restarting, trying again";
}
