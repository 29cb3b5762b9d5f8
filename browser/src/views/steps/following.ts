// Step by step under a hand on a setting: both runs follow, as the page will have them when it lets
// go, at the place where they will then stand. Nothing is stored or linked before.

import {
  addresses,
  ids,
  type Key,
  keys,
  type State,
  type StepsFrame,
  settings,
} from "../../contract.ts";
import { find } from "../../kernel/page.ts";
import { once, under } from "../../kernel/requests.ts";
import { wait } from "../../kernel/retry.ts";
import { now } from "../../kernel/store.ts";
import * as axes from "../../parts/live/axes.ts";
import * as hand from "../../parts/live/hand.ts";
import { isStale, mark, name, unmark, unname } from "../../parts/live/marks.ts";
import { baseOf, FEW, type Found, seeker, type Wish, workOf } from "../../parts/live/seeker.ts";
import { beside, named } from "../../parts/live/words.ts";
import { giveBack } from "../../parts/said.ts";
import * as held from "./held.ts";
import { openingOf, startOf } from "./opening.ts";
import * as points from "./points.ts";
import { decode, SIDES, type Trace } from "./run.ts";
import * as scene from "./scene.ts";
import * as session from "./session.ts";
import type { Timeline } from "./timeline.ts";
import { cover, uncover } from "./twins.ts";

const VIEW = "steps";
const PAUSE = 0.3; // seconds after a refusal, longer after the next

interface Following {
  readonly key: Key; // what the hand is on
  readonly base: string;
  readonly line: Timeline; // where the run of the page stands
  readonly playing: boolean; // it was, when the hand came
  wanted: hand.Value;
  readonly answers: MutationObserver; // of the page's own
}

let following: Following | null = null;

const frames = seeker<StepsFrame>({
  ask,
  show,
  pause: (refused) => wait(refused * PAUSE),
  now: () => performance.now(),
});

async function ask(wish: Wish): Promise<Found<StepsFrame>> {
  const body = { work: workOf(wish), points: false };
  const { ok, json } = await once(under(`${addresses.live}/${VIEW}`), body);
  const frame = json as StepsFrame | null;
  return ok && frame ? (frame.trace ? frame : null) : undefined;
}

// What hands do to the start or to points is not mixed with what they do to settings.
const canFollow = (state: State, key: Key): boolean =>
  state.view === VIEW &&
  (keys.stepsRequest as readonly string[]).includes(key) &&
  session.now() !== null &&
  !isStale(VIEW) &&
  !points.isOpen() &&
  held.startUnderHand() === null;

// Effect: what may be wanted next is asked for while there is time.
function near(key: Key, values: readonly hand.Value[], early = false): void {
  const state = now();
  if (state && canFollow(state, key)) {
    const base = baseOf(keys.stepsRequest, state, key);
    frames.guess(
      values.map((value) => ({ key, base, value })),
      early && Number(state.n) <= FEW,
    );
  }
}

// Effect: what the hand wants is shown as soon as it can be.
function follow(key: Key, value: hand.Value): void {
  const state = now();
  const page = session.now();
  if (!state || !page || (!following && !canFollow(state, key))) {
    return;
  }
  if (following?.key !== key) {
    following = {
      key,
      base: baseOf(keys.stepsRequest, state, key),
      line: following?.line ?? page.player.at(),
      playing: following?.playing ?? page.player.playing(),
      wanted: value,
      answers: following?.answers ?? observed(),
    };
  }
  if (following.playing) {
    session.wait("play"); // nobody has pressed pause
  }
  following.wanted = value;
  beside(key, value);
  find(ids.STEPS_LIVE)?.setAttribute("aria-busy", "true"); // nothing is read aloud on the way
  mark(VIEW, false);
  frames.want({ key, base: following.base, value });
  if (!hand.isHeld()) {
    window.setTimeout(settle); // back where it was
  }
}

// Where the page's own answer is a refusal, it shows what it showed before.
function observed(): MutationObserver {
  const answers = new MutationObserver(() => following && isStale(VIEW) && goBack());
  const stage = scene.stage();
  if (stage) {
    answers.observe(stage, { attributeFilter: ["class"] });
  }
  return answers;
}

function show({ key, base, value }: Wish, { trace, notes, badges, captions }: StepsFrame): void {
  const state = now();
  if (!state || following?.key !== key || following.base !== base || !trace) {
    return;
  }
  const run = decode(trace as unknown as Trace);
  const { line, playing } = following;
  const then = { ...state, [key]: value } as State;
  const otherStart = startOf(then) !== startOf(state);
  const { place } = openingOf({ again: true, asked: null, otherStart, playing, line, step: 0 });
  session.hold(run, place, true);
  const [x, y] = run.ranges;
  void axes.follow(SIDES.map(ids.steps_plot), { x, y }, settings[key].group === "data");
  cover(ids.STEPS_NOTES, notes ?? "");
  for (const side of SIDES) {
    const plot = ids.steps_plot(side);
    cover(ids.badge(plot), badges?.[side] ?? "");
    cover(ids.caption(plot), captions?.[side] ?? "");
    const box = scene.plotBox(side);
    if (box) {
      name(box, named(key, value));
    }
  }
  mark(VIEW, value === following.wanted);
}

// Effect: the hand has let go; where the page has what it wants already, that is seen again.
function settle(): void {
  if (following && !hand.isHeld() && now()?.[following.key] === following.wanted && !isAsked()) {
    const { playing } = following;
    goBack();
    if (playing) {
      session.now()?.player.play();
    }
  }
}

// Effect: the run of the page is seen again.
function goBack(): void {
  leave();
  session.wait(null);
  session.release();
}

// Whether the page's own answer is on its way.
const isAsked = (): boolean => scene.stage()?.classList.contains("busy") === true;

// Effect: nothing is followed any longer; what is drawn stays.
function leave(): void {
  if (following) {
    frames.stop();
    following.answers.disconnect();
    following = null;
    find(ids.STEPS_LIVE)?.removeAttribute("aria-busy");
    unmark(VIEW);
    uncover();
    giveBack();
    axes.goBack();
    for (const side of SIDES) {
      const box = scene.plotBox(side);
      if (box) {
        unname(box);
      }
    }
  }
}

// The page's settings have changed: to what the hand wants, or to something else.
function heard(state: State): void {
  if (!following) {
    return;
  }
  const { key, base } = following;
  if (state.view !== VIEW || baseOf(keys.stepsRequest, state, key) !== base) {
    goBack();
  }
}

export function listen(): void {
  hand.hear({ near, follow, release: settle });
  session.hear({ state: heard, run: leave });
}
