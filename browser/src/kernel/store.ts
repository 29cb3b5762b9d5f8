// The newest state of the page, and who wants to hear of it.

import type { State } from "../contract.ts";

// `asks`: whether the open view will be asked for.
export interface Change {
  readonly state: State;
  readonly asks: boolean;
}

let newest: State | null = null;
const listeners: ((change: Change) => void)[] = [];

export const now = (): State | null => newest;

export const hear = (listener: (change: Change) => void): void => void listeners.push(listener);

// Effect: the state is known to all that ask for it from here on.
export function know(state: State): void {
  newest = state;
}

// Effect: those who hear of changes do.
export function tell(change: Change): void {
  for (const listener of listeners) {
    listener(change);
  }
}
