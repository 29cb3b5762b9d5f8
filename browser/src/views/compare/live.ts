// Compare under a hand: while a slider is dragged or moved by keys, or a choice is pressed, the page
// shows the server's answer for what the hand wants. The settled answer follows when it lets go,
// and nothing is stored or linked before; the canvases stay until Plotly has drawn that.

import { ids, type Key, keys, live, type State, settings } from "../../contract.ts";
import { find, idle } from "../../kernel/page.ts";
import { onBuilt } from "../../kernel/plotly.ts";
import { wait } from "../../kernel/retry.ts";
import { painted } from "../../kernel/scheme.ts";
import { hear, now } from "../../kernel/store.ts";
import * as axes from "../../parts/live/axes.ts";
import * as hand from "../../parts/live/hand.ts";
import { isStale as isStaleIn, mark } from "../../parts/live/marks.ts";
import { baseOf, FEW, seeker, type Wish } from "../../parts/live/seeker.ts";
import { named, type Words, words } from "../../parts/live/words.ts";
import { waitWhile } from "../../parts/plots/plots.ts";
import { askBehind, foresee, requestOf } from "../../parts/shell/answers.ts";
import { ask, type Frame } from "./asking.ts";
import * as plots from "./plots.ts";
import { PLACE } from "./settled.ts";

const PAUSE = 0.3; // seconds after a refusal, longer after the next
const RESTS = 250; // milliseconds without a move after which Plotly draws
const LATE = 3000; // milliseconds after which no picture follows an answer any more
const LONGEST = 1; // seconds that the page's own question waits for the picture under way

interface Session {
  readonly key: Key; // what the hand is on
  readonly base: string;
  readonly words: Words;
  readonly drawn: Map<string, unknown>; // plot -> the value that Plotly's picture holds for
  readonly answers: MutationObserver; // of the page's own
  wanted: hand.Value;
  before: hand.Value; // what it wanted before that
  readonly passed: Set<hand.Value>; // all that it wanted
  reached: boolean; // what is wanted is what the canvases show
  left: boolean; // the hand has let go of it
}

let session: Session | null = null;
let moved = 0; // when the hand did last
let shows = 0; // frames; one that is overtaken by the next is none

const frames = seeker<Frame>({
  ask,
  show,
  pause: (refused) => wait(refused * PAUSE),
  now: () => performance.now(),
});

const stage = (): HTMLElement | null => find(ids.stage("compare"));

const isStale = (): boolean => isStaleIn("compare");

const canFollow = (state: State): boolean =>
  state.view === "compare" &&
  !isStale() &&
  state.show.every((overlay) => (live.overlays as readonly unknown[]).includes(overlay)) &&
  plots.drawable();

// Effect: what may be wanted next is asked for while there is time.
function near(key: Key, values: readonly hand.Value[], early = false): void {
  const state = now();
  if (state && canFollow(state)) {
    const base = baseOf(keys.compareRequest, state, key);
    const wishes = values.map((value) => ({ key, base, value }));
    frames.guess(wishes, early && Number(state.n) <= FEW);
  }
}

// Effect: what the hand wants is shown as soon as it can be.
function follow(key: Key, value: hand.Value): void {
  const state = now();
  if (!state || (!session && !canFollow(state))) {
    return;
  }
  if (session?.key !== key) {
    session = begun(key, baseOf(keys.compareRequest, state, key), value, session);
  }
  if (session.wanted !== value) {
    session.before = session.wanted;
  }
  session.wanted = value;
  session.passed.add(value);
  session.reached = false;
  session.left = false;
  moved = performance.now();
  session.words.beside(key, value);
  mark("compare", false);
  frames.want({ key, base: session.base, value });
  if (!hand.isHeld()) {
    window.setTimeout(settle); // back where it was, after the hand has let go
  }
}

// From one control to the next all stays as it is shown.
function begun(key: Key, base: string, wanted: hand.Value, before: Session | null): Session {
  const [answers, where] = [new MutationObserver(answered), stage()];
  before?.answers.disconnect();
  if (where) {
    answers.observe(where, { attributeFilter: ["class"] });
  }
  return {
    key,
    base,
    words: before?.words ?? words(PLACE),
    drawn: plots.allMadeFor(key),
    answers,
    wanted,
    before: wanted,
    passed: new Set(),
    reached: false,
    left: false,
  };
}

async function show({ key, base, value }: Wish, frame: Frame): Promise<void> {
  const before = session;
  if (before?.base !== base || before.key !== key) {
    return;
  }
  shows += 1;
  const own = shows;
  const [x, y] = (frame.ranges ?? []) as [[number, number], [number, number]];
  await axes.follow(plots.NAMES, { x, y }, settings[key].group === "data");
  if (session === before && own === shows) {
    before.reached = value === before.wanted;
    before.words.measure();
    plots.show(frame, named(key, value), before.reached);
    before.words.show(frame);
    calm();
    guessFrom(before, value);
  }
}

// Effect: where the hand has let go and sees what it wanted, all is said: the page's own answer says
// the same.
function calm(): void {
  if (session?.reached && !hand.isHeld() && (session.left || isSettled(session))) {
    session.words.rest();
  }
}

// What lies beside is wanted next; what the hand went over too fast, when it goes back.
function guessFrom({ key, base, wanted, before, passed }: Session, value: hand.Value): void {
  if (value === wanted) {
    const near = (other: hand.Value) => Math.abs(Number(other) - Number(value));
    const missed = [...passed].sort((one, other) => near(one) - near(other));
    const next = [...hand.neighbours(key, before), ...missed];
    frames.guess(next.map((guess) => ({ key, base, value: guess })));
  }
}

// As long as a hand moves, Plotly need not draw below the canvases.
const restOf = (name: string): Promise<void> | null =>
  session && plots.isOurs(name) && plots.covered() ? rest() : null;

let resting: Promise<void> = Promise.resolve();

// One plot after the other, when nothing else is to do: the canvases show the same meanwhile.
function rest(): Promise<void> {
  resting = resting.then(async () => {
    do {
      while (isMoving()) {
        await wait(0.05);
      }
      if (session?.reached) {
        await idle(RESTS);
      }
    } while (isMoving());
  });
  return resting;
}

const isMoving = (): boolean =>
  session !== null && (hand.isHeld() || performance.now() - moved < RESTS);

function end(): void {
  frames.stop();
  session?.words.end();
  session?.answers.disconnect();
  session = null;
  plots.uncover();
  axes.goBack();
}

// Effect: the hand has let go; what the page will ask for with its last value is on its way.
function letGo(): void {
  const state = now();
  if (session && state && !isSettled(session)) {
    const wished = { ...state, [session.key]: session.wanted };
    session.left = true;
    foresee("compare", requestOf(keys.compareRequest, wished, painted()));
  }
  calm();
  settle();
}

// Effect: where the page itself shows what the hand wanted, it is seen again.
function settle(): void {
  if (session && !hand.isHeld() && isSettled(session)) {
    const { drawn, wanted } = session;
    if ([...drawn.values()].every((value) => value === wanted)) {
      end();
    }
  }
}

const isSettled = ({ key, wanted }: Session): boolean => now()?.[key] === wanted;

// The page's own answer has come, or does not: where no picture follows, that is said.
function answered(): void {
  const before = session;
  if (isStale()) {
    end();
  } else if (before && !stage()?.classList.contains("busy") && isSettled(before)) {
    if (before.reached && !hand.isHeld()) {
      before.words.end(); // the page itself has said all of it; only Plotly follows
    }
    window.setTimeout(() => session === before && !hand.isHeld() && end(), LATE);
  }
}

export function listen(): void {
  hand.hear({ near, follow, release: letGo });
  waitWhile(restOf);
  askBehind("compare", () => {
    const first = session && frames.answered();
    return first && Promise.race([first, wait(LONGEST)]);
  });
  onBuilt((plot, name) => {
    if (plots.isOurs(name)) {
      plot.on?.("plotly_afterplot", () => {
        session?.drawn.set(name, plots.madeFor(plot, session.key));
        settle();
      });
    }
  });
  hear(({ state }) => {
    if (
      session &&
      (state.view !== "compare" || baseOf(keys.compareRequest, state, session.key) !== session.base)
    ) {
      end();
    }
    calm();
  });
}
