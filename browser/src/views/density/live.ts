// Density under a hand: what it wants is asked for, and drawn by Plotly as fast as answers come. The
// page's own answer waits below, and is drawn when the hand has let go; nothing is stored before.

import { addresses, ids, type Key, keys, type Shown, type State } from "../../contract.ts";
import { find } from "../../kernel/page.ts";
import { plotOf } from "../../kernel/plotly.ts";
import { once, under } from "../../kernel/requests.ts";
import { wait } from "../../kernel/retry.ts";
import { hear, now } from "../../kernel/store.ts";
import * as hand from "../../parts/live/hand.ts";
import { isStale, mark, name as nameIt, unmark, unname } from "../../parts/live/marks.ts";
import { baseOf, FEW, type Found, seeker, type Wish, workOf } from "../../parts/live/seeker.ts";
import { named, type Words, words } from "../../parts/live/words.ts";
import { figureOf } from "../../parts/plots/plots.ts";
import { redraw } from "../../parts/plots/redraw.ts";
import { fillBy } from "../../parts/shell/answers.ts";
import { draw, PLACE, say } from "./settled.ts";

const VIEW = "density";
const PAUSE = 0.3; // seconds after a refusal, longer after the next

interface Session {
  readonly key: Key; // what the hand is on
  readonly base: string;
  readonly words: Words;
  wanted: hand.Value;
}

let session: Session | null = null;
let own: Shown | null = null; // the page's answer

const frames = seeker<Shown>({
  ask,
  show,
  pause: (refused) => wait(refused * PAUSE),
  now: () => performance.now(),
});

const canFollow = (state: State): boolean =>
  state.view === VIEW && own !== null && !isStale(VIEW) && Boolean(plotOf(VIEW)?.data?.length);

async function ask(wish: Wish): Promise<Found<Shown>> {
  const body = { work: workOf(wish), points: false };
  const { ok, json } = await once(under(`${addresses.live}/${VIEW}`), body);
  const frame = json as Partial<Shown> | null;
  return !ok || !frame ? undefined : frame.pictures ? (frame as Shown) : null;
}

// Effect: what may be wanted next is asked for while there is time.
function near(key: Key, values: readonly hand.Value[], early = false): void {
  const state = now();
  if (state && canFollow(state)) {
    const base = baseOf(keys.densityRequest, state, key);
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
    const base = baseOf(keys.densityRequest, state, key);
    session = { key, base, words: session?.words ?? words(PLACE), wanted: value };
  }
  session.wanted = value;
  session.words.beside(key, value);
  mark(VIEW, false);
  frames.want({ key, base: session.base, value });
  if (!hand.isHeld()) {
    window.setTimeout(settle); // back where it was
  }
}

function show({ key, base, value }: Wish, frame: Shown): void {
  if (session?.base === base && session.key === key) {
    session.words.measure();
    session.words.show(frame);
    for (const picture of Object.values(frame.pictures)) {
      const [plot, box] = [plotOf(picture.name), boxOf(picture.name)];
      if (plot && box?.offsetParent) {
        void redraw(plot, figureOf(picture));
        nameIt(box, named(key, value));
      }
    }
    mark(VIEW, value === session.wanted);
  }
}

const boxOf = (name: string): HTMLElement | null =>
  find(ids.graph(name))?.closest<HTMLElement>(".plot-box") ?? null;

// Whether the page's own answer is what the hand wants.
const isSettled = ({ key, wanted }: Session): boolean =>
  now()?.[key] === wanted && Object.values(own?.pictures ?? {})[0]?.of?.[key] === wanted;

function settle(): void {
  if (session && !hand.isHeld() && isSettled(session)) {
    end();
  }
}

// Effect: the page shows its own answer again.
function end(): void {
  if (session) {
    frames.stop();
    session.words.end();
    session = null;
    unmark(VIEW);
    for (const name of [VIEW, "draws"]) {
      const box = boxOf(name);
      if (box) {
        unname(box);
      }
    }
    if (own) {
      draw(own);
    }
  }
}

function arrived(answer: Shown | null): void {
  own = answer ?? own;
  if (answer) {
    say(answer);
  }
  if (!session) {
    if (answer) {
      draw(answer);
    }
  } else if (!answer) {
    end(); // refused, in words
  } else {
    settle();
  }
}

export function listen(): void {
  fillBy(VIEW, (answer) => arrived(answer as Shown | null));
  hand.hear({ near, follow, release: settle });
  hear(({ state }) => {
    const { key, base } = session ?? {};
    if (key && (state.view !== VIEW || baseOf(keys.densityRequest, state, key) !== base)) {
      end();
    }
  });
}
