// The long work of How many? and of Restarts, as Dash begins, starts and stops it.

import { type Chain, makeChain } from "../parts/chain/chain.ts";
import { frameOf } from "../parts/chain/frame.ts";

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
