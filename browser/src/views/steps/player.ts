// The player: one time line for both sides, its buttons and keys, the words and the curves. It
// draws through a function it is given, so that the page and a saved animation share it.

import { clock, isStill } from "./clock.ts";
import { type Curve, curve } from "./curve.ts";
import { fourSteps } from "./four_steps.ts";
import { nextHappening, saidToHappen } from "./happenings.ts";
import { type Action, actionOf } from "./keys.ts";
import { pace } from "./pace.ts";
import type { Player, PlayerOptions } from "./playing.ts";
import { bySide, type Run, SIDES, type Side } from "./run.ts";
import * as time from "./timeline.ts";
import { toolbar } from "./toolbar.ts";
import { describe, saidAt, say, spokenAt } from "./words.ts";

const REST_MS = 350; // so long it stands still before anybody is told

export function createPlayer({
  toolbar: box,
  cards,
  live = null,
  draw,
  settled,
  said = saidAt,
  pressed,
  happened,
}: PlayerOptions): Player {
  let run: Run | null = null;
  let line = time.NOWHERE;
  let curves: Record<Side, Curve> | null = null;
  let turned = 1; // how far the half step under way has turned
  let resting = 0;
  let until: number | null = null; // a place where something happens, on the way there
  let kept: { readonly run: Run; readonly line: time.Timeline } | null = null; // under a held run
  const orders = { act, scrub: go, speed, drive };
  const tempo = pace();
  const tools = toolbar(box, orders);
  const steps = fourSteps(box);
  const times = clock({ step: next, show, turn, done });

  function load(loaded: Run, place: unknown, moves = line.drive): void {
    keep(null);
    run = loaded;
    line = time.timelineOf(loaded, moves);
    pause();
    trace(loaded);
    jump(place);
  }

  // Effect: the curves are those of this run.
  function trace(of: Run): void {
    curves = bySide((side) => curve(cards[side].curve, of, side, (h) => goOn(side, of.lead + h)));
  }

  // Effect: a run under the hand is shown at a place, until it is let go or another comes; a whole
  // one with its curves and its time line.
  function hold(held: Run, place: unknown, whole: boolean): void {
    if (!kept && run) {
      pause();
      keep({ run, line });
    }
    run = held;
    box.toggleAttribute("data-held", !whole);
    if (whole) {
      line = time.moved(time.timelineOf(held, line.drive), place);
      trace(held);
      show();
      return;
    }
    line = { ...time.moved(time.timelineOf(held, "both"), place), drive: line.drive };
    for (const side of SIDES) {
      say(cards[side], said, held, side, time.halfStepOf(line, side));
    }
    steps.at(line);
    paint();
  }

  function release(): void {
    if (kept) {
      ({ run, line } = kept);
      keep(null);
      trace(run);
      show();
    }
  }

  function keep(what: typeof kept): void {
    kept = what;
    box.toggleAttribute("data-held", what !== null);
  }

  function speed(chosen: number): void {
    tempo.choose(chosen);
    keepTime();
  }

  function keepTime(): void {
    if (run) {
      times.speed(tempo.at(run, line));
    }
  }

  // Effect: goes on until something happens, and says what.
  function goOnUntil(): void {
    if (run && !time.atEnd(line)) {
      pause();
      const next = nextHappening(run, line);
      tempo.hurry(next - time.placeOf(line));
      until = next;
      if (isStill()) {
        jump(next);
        done();
      } else {
        play();
      }
    }
  }

  // Effect: goes to a place at once.
  function jump(place: unknown, t = 1, seen = true): void {
    happened?.("");
    line = time.moved(line, place);
    turned = t;
    if (seen) {
      show();
    }
  }

  function go(place: number): void {
    if (kept) {
      return;
    }
    pause();
    jump(place);
    rest();
  }

  // Where sides go on their own, a click on the curve of one says that it is this one that goes.
  function goOn(side: Side, place: number): void {
    line = line.drive === "both" ? line : { ...line, drive: side };
    go(place);
  }

  function drive(chosen: time.Drive): void {
    line = { ...line, drive: chosen };
    go(time.placeOf(line));
  }

  function act(action: Action): void {
    if (kept) {
      pressed?.(action);
    } else if (run) {
      ACTS[action]();
    }
  }

  const ACTS: Readonly<Record<Action, () => void>> = {
    play: () => (times.playing() ? halt() : play()),
    forward,
    first: () => go(0),
    back: () => go(time.placeOf(line) - 1),
    last: () => go(time.endOf(line)),
    event: goOnUntil,
  };

  // Whether there was another half step.
  function next(seen = true): boolean {
    const more = !time.atEnd(line) && until !== time.placeOf(line);
    if (more) {
      jump(time.placeOf(line) + 1, isStill() ? 1 : 0, seen);
      keepTime();
    }
    return more;
  }

  function turn(share: number): void {
    turned = share;
    paint();
  }

  function done(): void {
    const there = until === time.placeOf(line);
    pause();
    show();
    if (there && run) {
      happened?.(saidToHappen(run, line) || "Nothing more happens until the end.");
    }
    rest();
  }

  function forward(): void {
    pause();
    if (next() && !isStill()) {
      times.turnOnce();
    }
    rest();
  }

  function play(from?: number): void {
    if (from !== undefined || time.atEnd(line)) {
      jump(from ?? 0);
    }
    tools.playing(true);
    keepTime();
    times.play();
    show();
  }

  function pause(): void {
    times.stop();
    until = null;
    tempo.hurry(0);
    turned = 1;
    tools.playing(false);
    paint();
  }

  function halt(): void {
    pause();
    rest();
  }

  function rest(): void {
    window.clearTimeout(resting);
    const step = () => (time.atEnd(line) ? time.LAST : String(time.placeOf(line)));
    resting = window.setTimeout(() => settled?.(step()), REST_MS);
  }

  function paint(): void {
    if (run) {
      box.dataset.turned = turned.toFixed(2);
      for (const side of SIDES) {
        draw(side, line.places[side], time.turns(line, side) ? turned : 1);
      }
    }
  }

  // Effect: words, curves, slider and pictures are of the place where we are.
  function show(): void {
    if (!run) {
      return;
    }
    for (const side of SIDES) {
      describe(cards[side], curves?.[side] ?? null, said, run, side, time.halfStepOf(line, side));
    }
    tools.at(line);
    steps.at(line);
    box.dataset.place = String(time.placeOf(line));
    box.dataset.end = String(time.endOf(line));
    live?.replaceChildren(spokenAt(run, line));
    paint();
  }

  function key(event: KeyboardEvent): void {
    const target = event.target instanceof Element ? event.target : null;
    const action = actionOf(event, target);
    if (action) {
      event.preventDefault();
      act(action);
    }
  }

  const [playing, where] = [() => times.playing(), () => line];
  return { load, play, pause, go, hold, release, paint, show, key, playing, at: where };
}
