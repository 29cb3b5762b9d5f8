// The Step by step view on the page: what Dash calls, the keys, and the buttons around the player.

import { ids, keys, type State } from "../../contract.ts";
import { keep, type Unchanged } from "../../kernel/dash.ts";
import { onPress } from "../../kernel/page.ts";
import * as describing from "./describing.ts";
import * as following from "./following.ts";
import * as hands from "./hands.ts";
import * as held from "./held.ts";
import * as hover from "./hover.ts";
import * as points from "./points.ts";
import type { Trace } from "./run.ts";
import { save } from "./save.ts";
import * as scene from "./scene.ts";
import * as session from "./session.ts";

interface Visit {
  readonly time: number;
}

// Effect: shows a new trace, or what has changed around it.
export function load(trace: Trace | null, state: State, visit: Visit | null): Unchanged {
  session.load(trace, state, visit?.time);
  return keep();
}

export const formulas = (on: boolean): boolean[] => [!on, !on];

// All wishes at once, so that the server is asked once.
export function wish(values: Readonly<Record<string, unknown>> | null): unknown[] {
  const asked = (key: string) => (values && key in values ? values[key] : keep());
  return [...keys.wished, "data"].map(asked);
}

function newStart(): void {
  const now = session.now();
  if (now) {
    const { start, seed } = now.state;
    const drawn = start === "bad" || start === "own" ? "random" : start;
    session.restart({ start: drawn, seed: Number(seed) + 1 });
  }
}

function toggleList(): void {
  if (points.isOpen()) {
    points.close();
  }
  held.toggle();
}

function toggleEdit(): void {
  if (held.isOpen()) {
    held.close();
  }
  points.toggle();
}

const inSight = (): boolean => {
  const stage = scene.stage();
  return stage !== null && !stage.hidden;
};

function onKey(event: KeyboardEvent): void {
  const { target } = event;
  const ours = target === document.body || scene.stage()?.contains(target as Node);
  if (ours && inSight()) {
    session.now()?.player.key(event);
  }
}

// Effect: a start picked by mouse gives the keys back to the player.
function freeKeys(): void {
  let byKey = false;
  document.addEventListener("keydown", () => (byKey = true), true);
  document.addEventListener("pointerdown", () => (byKey = false), true);
  document.addEventListener("change", ({ target }) => {
    const radio = target instanceof HTMLInputElement && target.type === "radio";
    if (radio && !byKey && scene.stage()?.contains(target)) {
      target.blur();
    }
  });
}

export function listen(): void {
  describing.listen();
  hands.listen();
  points.listen();
  following.listen();
  const drawing = (act: () => void) => () => inSight() && act();
  scene.listen({
    axes: drawing(session.follow),
    size: drawing(session.paint),
    mouse: hover.show,
    gone: hover.hide,
  });
  document.addEventListener("keydown", onKey);
  freeKeys();
  onPress(ids.STEPS_NEW_START, newStart);
  onPress(ids.STEPS_PLACE, toggleList);
  onPress(ids.STEPS_EDIT, toggleEdit);
  onPress(ids.STEPS_SAVE_HTML, save);
}
