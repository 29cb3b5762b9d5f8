// One policy of asking again: how often, how long to wait, and what a busy server says of it.
// Equal requests have equal answers, so sending one twice does no harm.

import { type Busy, statuses } from "../contract.ts";

const FIRST_WAIT_S = 0.5;
const LONGEST_WAIT_S = 15;
const LONGEST_ASKED_S = 60; // what a server may ask to wait at most

// How often something is asked for; then a person decides.
export const attempts = {
  page: 12, // about two minutes
  file: 6, // about fifteen seconds, or longer when the server asks for it
  piece: 40, // about ten minutes: long work is worth it
} as const;

// What a busy server said: a place in its queue is no failure.
export interface Told {
  readonly seconds: number;
  readonly queued: boolean;
  readonly words: string | null;
}

// Whether the same request may be answered a moment later.
export const mayPass = (status: number): boolean =>
  (statuses.mayPass as readonly number[]).includes(status);

export const sentence = (status: number): string =>
  (statuses.sentences as Readonly<Record<string, string>>)[status] ??
  statuses.other.replace("{status}", String(status));

// Not all at once.
const jittered = (attempt: number): number =>
  Math.min(LONGEST_WAIT_S, FIRST_WAIT_S * 2 ** attempt) * (0.8 + 0.4 * Math.random());

// Seconds until the next attempt: longer each time, but never sooner than the server asks; a place
// in its queue does not make the wait grow.
export const pauseOf = (attempt: number, told: Told | null): number =>
  Math.max(told?.queued ? 0 : jittered(attempt), told?.seconds ?? 0);

// What a server that is busy says of the wait: the seconds it asks for, and how many are served
// before, when it keeps a place in its queue.
export function busy(said: Partial<Busy> | null, retryAfter: string | null): Told {
  const seconds = Math.min(LONGEST_ASKED_S, Number(said?.seconds) || Number(retryAfter) || 0);
  const queued = Number.isInteger(said?.ahead);
  return { seconds: seconds * (1 + 0.1 * Math.random()), queued, words: wordsOf(queued, said) };
}

function wordsOf(queued: boolean, said: Partial<Busy> | null): string | null {
  if (!queued) {
    return said?.seconds ? "The server has more to do than it can take right now" : null;
  }
  const ahead = said?.ahead ?? 0;
  const others = ahead === 1 ? "1 request is" : `${ahead} requests are`;
  return ahead > 0
    ? `The server is busy: ${others} before yours`
    : "The server is still working on this";
}

// What the body of an answer says, if it can be read; the answer can still be read by others.
export const saidBy = (answer: Response): Promise<Partial<Busy> | null> =>
  answer
    .clone()
    .json()
    .catch(() => null);

export const toldBy = async (answer: Response): Promise<Told> =>
  busy(await saidBy(answer), answer.headers.get("Retry-After"));

export const wait = (seconds: number): Promise<void> =>
  new Promise((resolve) => {
    window.setTimeout(resolve, 1000 * seconds);
  });
