// What hands do to the start: a centre is dragged or moved by arrow keys, added by a click or key,
// taken away by a drag off the plot.

import { ids, type Key, type State } from "../../contract.ts";
import { listed } from "../../kernel/link.ts";
import { find } from "../../kernel/page.ts";
import * as ground from "./ground.ts";
import * as handles from "./handles.ts";
import * as held from "./held.ts";
import type { Action } from "./keys.ts";
import { nudged } from "./placing.ts";
import { inward, type Side, type Spot } from "./run.ts";
import { stage, within } from "./scene.ts";
import * as session from "./session.ts";
import { fullAt, lastOne, less, more, put, type Start, sizeOf, startAt } from "./starting.ts";
import { halfStepOf } from "./timeline.ts";
import type { View } from "./view.ts";

const NUDGED_MS = 400; // after the last arrow key the runs are asked for
const OFF = 12; // pixels beyond its edge are off the plot
const HINT =
  "Drag a centre to start elsewhere. Click the plot to add one, drag one off it to take it away.";

let grabbed: Start | null = null; // the start before the drag under way

const REFUSING: readonly Key[] = ["start", "centres"];
const keeps = ({ lock, hide }: State, key: Key): boolean =>
  listed(lock).includes(key) || listed(hide).includes(key);
const isFree = (): boolean => {
  const state = session.now()?.state;
  return state !== undefined && !REFUSING.some((key) => keeps(state, key));
};

function tell(text: string): void {
  const box = find(ids.STEPS_HANDS);
  if (box && box.textContent !== text) {
    box.textContent = text;
    box.classList.toggle("news", text !== HINT);
  }
}

// The centres as they are shown on one side.
function shownOn(side: Side): Start | null {
  const now = session.now();
  if (!now) {
    return null;
  }
  const h = halfStepOf(now.player.at(), side);
  return held.startUnderHand() ?? startAt(now.run, side, h, session.previewOf(side) !== null);
}

function dragged(side: Side, j: number, event: PointerEvent): void {
  const view = session.viewOn(side);
  const run = session.now()?.run;
  grabbed ??= shownOn(side);
  if (view && run && grabbed) {
    const at = within(side, event);
    const off = isOff(view, at) && mayChange() === null && lastOne(sizeOf(grabbed)) === null;
    held.hold(off ? less(grabbed, j) : put(grabbed, j, inward(run, inside(view, at))));
    tell(off ? `Let go to take centre ${j + 1} away.` : (held.leftOut() ?? HINT));
  }
}

function isOff({ left, top, width, height }: View, [px, py]: Spot): boolean {
  const across = Math.max(left - px, px - left - width);
  return Math.max(across, top - py, py - top - height) > OFF;
}

function inside(view: View, [px, py]: Spot): Spot {
  const within = (v: number, low: number, size: number) => Math.max(low, Math.min(low + size, v));
  const { left, top, width, height } = view;
  return view.plot(within(px, left, width), within(py, top, height));
}

function dropped(): void {
  const [before, start] = [grabbed, held.startUnderHand()];
  grabbed = null;
  if (before && start && sizeOf(start) < sizeOf(before)) {
    tell(`K = ${sizeOf(start)}. Ctrl+Z takes it back.`);
  } else {
    tell(HINT);
  }
  held.commit();
}

// Why the number of centres stays as it is, if it does.
function mayChange(): string | null {
  const state = session.now()?.state;
  return state && keeps(state, "k") ? "This link keeps K as it is." : null;
}

function added(side: Side, spot: Spot): boolean {
  const [run, start] = [session.now()?.run, shownOn(side)];
  if (!run || !start || !isFree()) {
    return false;
  }
  const k = sizeOf(start);
  const why = mayChange() ?? fullAt(k, run.n, run.palette?.length ?? k);
  if (why) {
    tell(why);
    return false;
  }
  held.hold(more(start, inward(run, spot)));
  tell(`Centre ${k + 1} added: K = ${k + 1}. Ctrl+Z takes it back.`);
  return true;
}

function takenAway(side: Side, j: number): void {
  const start = shownOn(side);
  const why = start && (mayChange() ?? lastOne(sizeOf(start)));
  if (why) {
    tell(why);
  } else if (start) {
    held.hold(less(start, j));
    tell(`Centre ${j + 1} taken away: K = ${sizeOf(start) - 1}. Ctrl+Z takes it back.`);
    held.commit();
    handles.focus(side, Math.min(j, sizeOf(start) - 2));
  }
}

let clickedOn = false; // a centre was added that a second click would take back

// Effect: until that is known, a second click goes through the new centre to the plot below.
function wait(on: boolean): void {
  clickedOn = on;
  stage()?.classList.toggle("steps-clicked", on);
}

const clicks: ground.Ground = {
  clicked(side, event) {
    const view = session.viewOn(side);
    const at = within(side, event);
    wait(view?.holds(...at) === true && added(side, view.plot(...at)));
  },
  twice() {
    if (clickedOn) {
      wait(false);
      tell(HINT);
      held.letBe();
    }
  },
  once() {
    if (clickedOn) {
      wait(false);
      held.commit();
    }
  },
};

function key(side: Side, j: number, event: KeyboardEvent): void {
  const act = orderOf(side, j, event);
  if (act) {
    event.preventDefault();
    event.stopPropagation(); // here keys move the centre, not the player
    act();
  }
}

function orderOf(side: Side, j: number, event: KeyboardEvent): (() => void) | null {
  if (event.ctrlKey || event.metaKey || event.altKey) {
    return null;
  }
  const orders: Readonly<Record<string, () => void>> = {
    PageDown: () => handles.focus(side, j + 1),
    PageUp: () => handles.focus(side, j - 1),
    Delete: () => takenAway(side, j),
    Backspace: () => takenAway(side, j),
    "+": () => addedByKey(side),
    " ": () => held.commit("play"),
  };
  return orders[event.key] ?? nudge(side, j, event);
}

function nudge(side: Side, j: number, { key, shiftKey }: KeyboardEvent): (() => void) | null {
  const [run, start] = [session.now()?.run, shownOn(side)];
  const spot = run && start && nudged({ ...run, start }, j, key, shiftKey);
  if (!spot) {
    return null;
  }
  return () => {
    held.hold(put(start, j, inward(run, spot)));
    held.commitSoon(NUDGED_MS);
  };
}

function addedByKey(side: Side): void {
  const view = session.viewOn(side);
  if (view) {
    const { left, top, width, height } = view;
    if (added(side, view.plot(left + width / 2, top + height / 2))) {
      held.commit();
      handles.focus(side, -1);
    }
  }
}

function pressed(action: Action): void {
  if (action === "play" && !grabbed && held.startUnderHand()) {
    held.commit("play");
  }
}

function cancelled(): void {
  handles.letGo();
  grabbed = null;
  tell(HINT);
  held.letBe();
}

function onEscape(event: KeyboardEvent): void {
  if (event.key === "Escape" && grabbed) {
    event.preventDefault();
    cancelled();
  }
}

function follow(side: Side, view: View, spots: readonly Spot[]): void {
  const now = session.now();
  handles.follow(side, view, isFree() ? spots : [], holds);
  if (now && !now.player.playing()) {
    handles.say(side, now.run, spots);
  }
}

// What the player has stopped for stands where news of hands does, until it goes on.
let stopped = false;
function happened(what: string): void {
  if (what || stopped) {
    stopped = what !== "";
    tell(what || hint());
  }
}

const hint = (): string => (isFree() ? HINT : "");

const holds: handles.Holds = { dragged, dropped, cancelled, key };

export function listen(): void {
  ground.listen(clicks);
  document.addEventListener("keydown", onEscape, true);
  session.hear({
    state: held.hear,
    run: (run) => {
      if (!held.arrived(run)) {
        tell(hint());
      }
    },
    pressed,
    happened,
    centres: follow,
  });
}
