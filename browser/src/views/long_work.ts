// The long work of How many? and of Restarts, as Dash begins, starts and stops it.

import type { Gathered, KeptUnder } from "../contract.ts";
import { keep, type Unchanged } from "../kernel/dash.ts";
import { type Chain, makeChain } from "../parts/chain/chain.ts";
import { frameOf } from "../parts/chain/frame.ts";
import { gathered, isLost, nameAnew } from "../parts/chain/names.ts";

export interface Config {
  readonly name: string;
  readonly view: string; // where it is: it rests while another one is open
  readonly work: readonly string[]; // the settings that the pieces depend on
  readonly alike: Readonly<Record<string, readonly unknown[]>>; // values that ask for the same work
}

export type Request = Readonly<Record<string, unknown>>;

// What moves instead of a chain, where the pieces cannot be counted; `all` is what it has found.
export interface Steered {
  start(): void;
  stop(): void;
  all(): Gathered | null;
}

const chains = new Map<string, Chain>();
const instead = new Map<string, Steered>(); // by the name of the chain

// Effect: buttons of a chain are those of something else from here on; null: its own again.
export function steer({ name }: Config, steered: Steered | null): void {
  if (steered) {
    instead.set(name, steered);
  } else {
    instead.delete(name);
  }
}

function chainOf({ name, view }: Config): Chain {
  const chain = chains.get(name) ?? makeChain(name, frameOf(name, name === view), view);
  chains.set(name, chain);
  return chain;
}

// The view asks for something: the same work for another picture, or other work; `held`: a person
// begins it.
export function begin(request: Request | null, config: Config, held = false): void {
  const { work, alike } = config;
  if (request) {
    const plain = (key: string) =>
      alike[key]?.includes(request[key]) ? alike[key][0] : request[key];
    const wanted = Object.fromEntries(work.map((key) => [key, plain(key)]));
    chainOf(config).begin(wanted, request, held);
  }
}

export function start(clicks: number | null, config: Config): void {
  if (clicks) {
    (instead.get(config.name) ?? chainOf(config)).start();
  }
}

export function stop(clicks: number | null, config: Config): void {
  if (clicks) {
    (instead.get(config.name) ?? chainOf(config)).stop();
  }
}

// The server lacks rows that the page has named: it gets them.
export function gone(names: readonly string[] | null, config: Config): void {
  const chain = chainOf(config);
  if (names && chain.job && isLost(chain.job, names)) {
    chain.publish();
  }
}

export function kept(under: KeptUnder | null, config: Config): void {
  const { job } = chainOf(config);
  if (under && job) {
    nameAnew(job, under);
  }
}

// All that there is of two chains, where one goes on from the other.
export function both(
  clicks: number | null,
  config: Config,
  other: Config,
): [Gathered, Gathered] | Unchanged {
  const [first, second] = [chainOf(config).job, chainOf(other).job];
  return clicks && first?.done && second?.done
    ? [gathered(first, true), gathered(second, true)]
    : keep();
}

// All that there is, for what cannot be asked for twice.
export function whole(clicks: number | null, config: Config): Gathered | Unchanged {
  const steered = instead.get(config.name);
  if (steered) {
    return (clicks && steered.all()) || keep();
  }
  const { job } = chainOf(config);
  return clicks && job?.done ? gathered(job, true) : keep();
}
