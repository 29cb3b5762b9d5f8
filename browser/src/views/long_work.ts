// The long work of How many? and of Restarts, as Dash begins, starts and stops it.

import type { Gathered, KeptUnder } from "../contract.ts";
import { keep, type Unchanged } from "../kernel/dash.ts";
import { type Chain, makeChain } from "../parts/chain/chain.ts";
import { frameOf } from "../parts/chain/frame.ts";
import { gathered, isLost, nameAnew } from "../parts/chain/names.ts";

interface Config {
  readonly name: string;
  readonly work: readonly string[]; // the settings that the pieces depend on
  readonly alike: Readonly<Record<string, readonly unknown[]>>; // values that ask for the same work
}

type Request = Readonly<Record<string, unknown>>;

const chains = new Map<string, Chain>();

function chainOf(name: string): Chain {
  const chain = chains.get(name) ?? makeChain(name, frameOf(name), true);
  chains.set(name, chain);
  return chain;
}

// The view asks for something: the same work for another picture, or other work.
export function begin(request: Request | null, { name, work, alike }: Config): void {
  if (request) {
    const plain = (key: string) =>
      alike[key]?.includes(request[key]) ? alike[key][0] : request[key];
    const wanted = Object.fromEntries(work.map((key) => [key, plain(key)]));
    chainOf(name).begin(wanted, request);
  }
}

export function start(clicks: number | null, { name }: Config): void {
  if (clicks) {
    chainOf(name).start();
  }
}

export function stop(clicks: number | null, { name }: Config): void {
  if (clicks) {
    chainOf(name).stop();
  }
}

// The server lacks rows that the page has named: it gets them.
export function gone(names: readonly string[] | null, { name }: Config): void {
  const chain = chainOf(name);
  if (names && chain.job && isLost(chain.job, names)) {
    chain.publish();
  }
}

export function kept(under: KeptUnder | null, { name }: Config): void {
  const { job } = chainOf(name);
  if (under && job) {
    nameAnew(job, under);
  }
}

// All that there is, for what cannot be asked for twice.
export function whole(clicks: number | null, { name }: Config): Gathered | Unchanged {
  const { job } = chainOf(name);
  return clicks && job?.done ? gathered(job, true) : keep();
}
