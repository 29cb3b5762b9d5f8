// Asks for what a hand wants to see: one question at a time, the newest wish first. What has come
// is remembered, so that a hand that goes back finds it at once.

export interface Wish {
  readonly base: string; // everything but the value
  readonly value: number;
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
  stop(): void;
}

const KEPT = 90; // three times all values of K
const REFUSALS = 3; // in a row: then the page follows when the slider is let go
const REST = 30_000; // milliseconds until it tries again

export function seeker<F>({ ask, show, pause, now }: Asking<F>): Seeker {
  const kept = new Map<string, F | null>(); // the oldest first
  let wanted: Wish | null = null;
  let asks = false;
  let refused = 0;
  let resting = Number.NEGATIVE_INFINITY; // until when nothing is asked

  const keyOf = ({ base, value }: Wish): string => `${value} ${base}`;

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
    } else if (found === undefined && !asks) {
      void seek();
    }
  }

  async function seek(): Promise<void> {
    asks = true;
    try {
      while (wanted && !kept.has(keyOf(wanted)) && now() >= resting) {
        await seekOne(wanted);
      }
    } finally {
      asks = false;
    }
  }

  async function seekOne(wish: Wish): Promise<void> {
    const found = await ask(wish);
    if (found === undefined) {
      await refuse();
    } else {
      refused = 0;
      keep(wish, found);
      arrived(wish, found);
    }
  }

  // A hand that has moved on sees what came on the way, unless it sees what it wants already.
  function arrived(wish: Wish, found: F | null): void {
    const late = wanted !== null && keyOf(wish) !== keyOf(wanted) && kept.has(keyOf(wanted));
    if (found && wanted?.base === wish.base && !late) {
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
    stop: () => {
      wanted = null;
    },
  };
}
