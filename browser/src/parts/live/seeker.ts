// Asks for what a hand wants to see: the newest wish first, beside at most one that was wanted before
// it, and what it may want next while nothing else is asked. What has come is remembered, so that a
// hand that goes back finds it.

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
  // Instead of earlier guesses. `early`: no wish is near, so the first may take as long as it takes.
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

export const FEW = 500; // points, of which a guess may be made where no wish is near
const KEPT = 90; // three times all values of K
const ABREAST = 2; // wishes that are asked for at a time: a hand that has moved on does not wait
const REFUSALS = 3; // in a row: then the page follows when the hand lets go
const REST = 30_000; // milliseconds until it tries again
const QUICK = 120; // milliseconds; where answers take longer, few guesses get into a wish's way

export function seeker<F>({ ask, show, pause, now }: Asking<F>): Seeker {
  const kept = new Map<string, F | null>(); // the oldest first
  const underWay = new Set<string>();
  let wanted: Wish | null = null;
  let guesses: readonly Wish[] = [];
  let early = false; // they are
  let asked = 0; // questions so far
  let newest = 0; // number of the question whose answer was shown last
  let quick: boolean | null = null; // the newest answer was
  let abreast = ABREAST; // fewer where the server has room for one
  let pausing = false;
  let refused = 0;
  let resting = Number.NEGATIVE_INFINITY; // until when nothing is asked
  let waiting: (() => void)[] = []; // for what is wanted

  const keyOf = ({ key, base, value }: Wish): string => `${key} ${value} ${base}`;
  const isNew = (wish: Wish): boolean => !kept.has(keyOf(wish));
  const isWanted = (wish: Wish): boolean => wanted !== null && keyOf(wish) === keyOf(wanted);

  function next(): Wish | undefined {
    if (wanted && isNew(wanted)) {
      return underWay.size < abreast && !underWay.has(keyOf(wanted)) ? wanted : undefined;
    }
    return underWay.size ? undefined : guessed();
  }

  function guessed(): Wish | undefined {
    const [first] = guesses;
    return quick ? guesses.find(isNew) : early && first && isNew(first) ? first : undefined;
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
      seek();
    }
  }

  function seek(): void {
    for (let wish = next(); wish && !pausing && now() >= resting; wish = next()) {
      void seekOne(wish, isWanted(wish));
    }
    if (!underWay.size && !pausing) {
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
    const comes = wanted && isNew(wanted) && (underWay.size || pausing);
    return comes ? new Promise((resolve) => waiting.push(resolve)) : null;
  }

  async function seekOne(wish: Wish, asWish: boolean): Promise<void> {
    asked += 1;
    const [began, number] = [now(), asked];
    underWay.add(keyOf(wish));
    const found = await ask(wish);
    underWay.delete(keyOf(wish));
    if (isWanted(wish)) {
      tellAll();
    }
    quick = found !== undefined && now() - began <= QUICK;
    if (found !== undefined) {
      refused = 0;
      keep(wish, found);
      arrived(wish, found, asWish && number > newest);
      newest = Math.max(newest, number);
    } else if (!asWish) {
      guesses = []; // others need the server more
    } else if (underWay.size) {
      abreast = 1; // and this is asked for again when that has come
      return;
    } else {
      await refuse();
    }
    seek();
  }

  // A hand that has moved on sees what came on the way, unless it sees what it wants already.
  function arrived(wish: Wish, found: F | null, onTheWay: boolean): void {
    const follows = onTheWay && wanted !== null && isNew(wanted) && wanted.base === wish.base;
    if (found && (isWanted(wish) || follows)) {
      show(wish, found);
    }
  }

  async function refuse(): Promise<void> {
    refused += 1;
    if (refused < REFUSALS) {
      pausing = true;
      await pause(refused);
      pausing = false;
    } else {
      refused = 0;
      resting = now() + REST;
    }
  }

  return {
    want,
    guess: (wishes, soon = false) => {
      guesses = wishes;
      early = soon;
      seek();
    },
    answered,
    stop: () => {
      wanted = null;
      guesses = [];
      abreast = ABREAST;
      tellAll();
    },
  };
}
