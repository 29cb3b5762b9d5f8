// What the player is given, and what it does.

import type { Action } from "./keys.ts";
import type { Run, Side } from "./run.ts";
import type { Drive, Timeline } from "./timeline.ts";
import type { CardParts, Say } from "./words.ts";

export interface PlayerOptions {
  readonly toolbar: HTMLElement;
  readonly cards: Readonly<Record<Side, CardParts>>;
  readonly live?: HTMLElement | null; // where every half step is spoken
  draw(side: Side, place: number, t: number): void;
  settled?(step: string): void; // playing or stepping has come to rest
  readonly said?: Say; // what is said of a half step
  pressed?(action: Action): void; // while a run is under the hand
  happened?(what: string): void; // the player went on until then; nothing once it goes on
}

export interface Player {
  load(run: Run, place: unknown, drive?: Drive): void;
  play(from?: number): void;
  pause(): void;
  go(place: number): void;
  hold(run: Run, place: unknown, whole: boolean): void;
  release(): void;
  paint(): void;
  show(): void;
  key(event: KeyboardEvent): void;
  playing(): boolean;
  at(): Timeline;
}
