// Long work as pieces: what has arrived, what is still to be asked for, and how long it has taken.
// Nothing in here asks or draws.

import type { Piece, Pieces } from "../../contract.ts";
import type { Told } from "../../kernel/retry.ts";
import { condense, type Rivals, type Rows, winners } from "./rivals.ts";

export const AT_ONCE = 2; // pieces under way: the server often has two processors, and never idles between pieces

export type Status =
  | "new"
  | "running"
  | "retrying" // a piece is asked for again soon
  | "waiting" // for a person to begin
  | "stopped" // by a person
  | "paused" // until its view is open again
  | "lost" // no answer, too often
  | "refused"
  | "done";

export interface Job {
  readonly token: string;
  readonly work: Readonly<Record<string, unknown>>;
  shown: unknown; // what of the page's request is only drawn
  onPage: boolean; // other settings may have led to other work
  status: Status;
  todo: number[]; // pieces to ask for, as far as they are known
  asked: number; // pieces under way: these are neither in `todo` nor in `parts`
  planned: boolean; // an answer has said how many there are
  pieces: Pieces | null;
  parts: (Rows | undefined)[]; // what has arrived, without the rows that only compete
  rivals: Rivals; // of those what may still win
  names: readonly string[]; // what the server calls the rows that have arrived
  nameless: boolean; // some have no name
  lost: boolean; // the server lacks some of them
  notes: readonly string[];
  done: number; // of the things counted
  go: boolean; // a person has agreed to long work
  wait: number; // seconds that it would take
  failures: number;
  told: Told | null;
  pause: number; // seconds until a piece is asked for again
  said: string; // why it was refused
  clock: number;
  spent: number; // ms in which something was under way
  estimate: number; // seconds that what has arrived was estimated to take
}

export function fresh(work: Readonly<Record<string, unknown>>): Job {
  return {
    token: JSON.stringify(work),
    work,
    shown: null,
    onPage: false,
    status: "new",
    todo: upTo(AT_ONCE), // before the first answer: one too many is answered by nothing
    asked: 0,
    planned: false,
    pieces: null,
    parts: [],
    rivals: {},
    names: [],
    nameless: false,
    lost: false,
    notes: [],
    done: 0,
    go: false,
    wait: 0,
    failures: 0,
    told: null,
    pause: 0,
    said: "",
    clock: 0,
    spent: 0,
    estimate: 0,
  };
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, number) => number);

export const isUnderWay = ({ status }: Job): boolean =>
  status === "running" || status === "retrying";

// Whether it rests until a person decides.
export const isLeft = ({ status }: Job): boolean =>
  status === "stopped" || status === "lost" || status === "refused";

// Effect: the next piece is under way.
export function takeNext(job: Job, now: number): number | undefined {
  const piece = job.todo.shift();
  if (piece !== undefined) {
    lap(job, now);
    job.asked += 1;
  }
  return piece;
}

// Effect: a piece is no longer under way.
export function endOne(job: Job, now: number): void {
  lap(job, now);
  job.asked -= 1;
}

function lap(job: Job, now: number): void {
  job.spent += job.asked ? now - job.clock : 0;
  job.clock = now;
}

// Effect: a piece has to be asked for again, unless it came by other means or does not exist.
export function putBack(job: Job, piece: number): void {
  const exists = !job.planned || piece < (job.pieces?.seconds.length ?? 0);
  if (exists && !job.parts[piece] && !job.todo.includes(piece)) {
    job.todo.unshift(piece);
  }
}

// Effect: a piece has arrived; the first one says how many there are.
export function add(job: Job, piece: number, answer: Piece): void {
  if (!job.planned && answer.pieces) {
    plan(job, answer.pieces);
  }
  if (piece < (job.pieces?.seconds.length ?? 0)) {
    call(job, answer.name);
    finish(job, piece, condense(job.rivals, answer));
    for (const later of answer.needless ?? []) {
      job.todo = job.todo.filter((one) => one !== later);
      finish(job, later, {});
    }
  }
  if (job.planned && job.parts.filter(Boolean).length === job.pieces?.seconds.length) {
    job.status = "done";
  }
}

// A piece counts once: of one that needs no asking any more an answer may still be under way.
function finish(job: Job, piece: number, rows: Rows): void {
  const { seconds = [], models = [] } = job.pieces ?? {};
  if (!job.parts[piece]) {
    job.estimate += seconds[piece] ?? 0;
    job.done += models[piece] ?? 0;
  }
  job.parts[piece] = { ...job.parts[piece], ...rows };
}

function call(job: Job, name: string | undefined): void {
  job.nameless ||= name === undefined;
  if (name !== undefined && !job.names.includes(name)) {
    job.names = [...job.names, name];
  }
}

function plan(job: Job, pieces: Pieces): void {
  const total = pieces.seconds.length;
  job.planned = true;
  job.pieces = pieces;
  job.todo.push(...upTo(total).slice(AT_ONCE));
  job.todo = job.todo.filter((piece) => piece < total);
}

// The rows of all pieces there are, by kind; of those that compete the winners so far.
export function rowsOf(job: Job): Rows {
  const rows: Rows = {};
  for (const part of [...job.parts, winners(job.rivals)]) {
    for (const [kind, some] of Object.entries(part ?? {})) {
      rows[kind] = [...(rows[kind] ?? []), ...some];
    }
  }
  return rows;
}
