// Asks for what a hand wants to see: one question at a time, the newest wish first, and what it may
// want next while it rests. What has come is remembered, so that a hand that goes back finds it.

import type { Key, State } from "../../contract.ts";
import { painted } from "../../kernel/scheme.ts";

export interface Wish {
  readonly key: Key; // what the hand is on
  readonly base: string; // everything but the value
  readonly value: number | string;
}

// What came: something to show, `null` where there is nothing, or `undefined` for a refusal.
export type Found<F> = F | null | undefined;

export interface Asking<F> {
  ask(wish: Wish): Promise<Found<F>>;
  show(wish: Wish, found: F): void;
  pause(refused: number): Promise<unknown>; // before asking again
  now(): number; // in milliseconds
}

export interface Seeker {
  want(wish: Wish): void;
  // Instead of earlier guesses. `early`: no wish is near, so the first may find out how long it takes.
  guess(wishes: readonly Wish[], early?: boolean): void;
  answered(): Promise<void> | null; // when what is wanted has come, or does not; null: it has
  stop(): void;
}

// Everything that a view is asked with (`keys`) but what the hand is on.
export function baseOf(keys: readonly string[], state: State, hand: Key): string {
  const own = keys.filter((key) => key !== hand);
  return JSON.stringify({
    scheme: painted(),
    ...Object.fromEntries(own.map((key) => [key, state[key as Key]])),
  });
}

export const workOf = ({ base, key, value }: Wish): Record<string, unknown> => ({
  ...JSON.parse(base),
  [key]: value,
});

const KEPT = 90; // three times all values of K
const REFUSALS = 3; // in a row: then the page follows when the hand lets go
const REST = 30_000; // milliseconds until it tries again
const QUICK = 120; // milliseconds; where answers take longer, no guess gets into a wish's way

export function seeker<F>({ ask, show, pause, now }: Asking<F>): Seeker {
  const kept = new Map<string, F | null>(); // the oldest first
  let wanted: Wish | null = null;
  let guesses: readonly Wish[] = [];
  let asks = false;
  let quick: boolean | null = null; // the newest answer was
  let trying = false; // where it is not known
  let refused = 0;
  let resting = Number.NEGATIVE_INFINITY; // until when nothing is asked
  let waiting: (() => void)[] = []; // for what is wanted

  const keyOf = ({ key, base, value }: Wish): string => `${key} ${value} ${base}`;
  const isNew = (wish: Wish): boolean => !kept.has(keyOf(wish));
  const isWanted = (wish: Wish): boolean => wanted !== null && keyOf(wish) === keyOf(wanted);

  function next(): Wish | undefined {
    return wanted && isNew(wanted) ? wanted : (quick ?? trying) ? guesses.find(isNew) : undefined;
  }

  function keep(wish: Wish, found: F | null): void {
    kept.set(keyOf(wish), found);
    const [oldest] = kept.keys();
    if (kept.size > KEPT && oldest !== undefined) {
      kept.delete(oldest);
    }
  }

  function want(wish: Wish): void {
    wanted = wish;
    const found = kept.get(keyOf(wish));
    if (found) {
      show(wish, found);
    } else if (found === undefined) {
      void seek();
    }
  }

  async function seek(): Promise<void> {
    if (asks) {
      return;
    }
    asks = true;
    try {
      for (let wish = next(); wish && now() >= resting; wish = next()) {
        await seekOne(wish, isWanted(wish));
      }
    } finally {
      asks = false;
      tellAll();
    }
  }

  function tellAll(): void {
    for (const act of waiting) {
      act();
    }
    waiting = [];
  }

  function answered(): Promise<void> | null {
    return asks && wanted && isNew(wanted) ? new Promise((resolve) => waiting.push(resolve)) : null;
  }

  async function seekOne(wish: Wish, asWish: boolean): Promise<void> {
    const began = now();
    const found = await ask(wish);
    if (isWanted(wish)) {
      tellAll();
    }
    quick = found !== undefined && now() - began <= QUICK;
    if (found !== undefined) {
      refused = 0;
      keep(wish, found);
      arrived(wish, found, asWish);
    } else if (asWish) {
      await refuse();
    } else {
      guesses = []; // others need the server more
    }
  }

  // A hand that has moved on sees what came on the way, unless it sees what it wants already.
  function arrived(wish: Wish, found: F | null, asWish: boolean): void {
    const onTheWay = asWish && wanted !== null && isNew(wanted) && wanted.base === wish.base;
    if (found && (isWanted(wish) || onTheWay)) {
      show(wish, found);
    }
  }

  async function refuse(): Promise<void> {
    refused += 1;
    if (refused < REFUSALS) {
      await pause(refused);
    } else {
      refused = 0;
      resting = now() + REST;
    }
  }

  return {
    want,
    guess: (wishes, early = false) => {
      guesses = wishes;
      trying = early;
      void seek();
    },
    answered,
    stop: () => {
      wanted = null;
      guesses = [];
      tellAll();
    },
  };
}
