// K is live in Compare: while its slider is dragged, or moved by keys, the page shows the server's
// answer for the value under the finger. The settled answer follows when it is let go, and nothing
// is stored or linked before; the canvases stay until Plotly has drawn that.

import { addresses, ids, keys, type LiveFrame, live, type State } from "../../contract.ts";
import { find } from "../../kernel/page.ts";
import { onBuilt } from "../../kernel/plotly.ts";
import { once, under } from "../../kernel/requests.ts";
import { wait } from "../../kernel/retry.ts";
import { painted } from "../../kernel/scheme.ts";
import { hear, now } from "../../kernel/store.ts";
import * as plots from "./plots.ts";
import { type Found, seeker, type Wish } from "./seeker.ts";
import type { Positions } from "./traces.ts";
import { type Words, words } from "./words.ts";

const VALUE = "aria-valuenow";
const PAUSE = 0.3; // seconds after a refusal, longer after the next
const LATE = 3000; // milliseconds after which no picture follows an answer any more

interface Session {
  readonly base: string;
  readonly words: Words;
  readonly drawn: Map<string, number>; // plot -> clusters in what Plotly has drawn
  readonly answers: MutationObserver; // of the page's own
  wanted: number;
}

let session: Session | null = null;
let held = false;
const points = new Map<string, Positions>(); // of the newest request alone

const frames = seeker<LiveFrame>({
  ask,
  show,
  pause: (refused) => wait(refused * PAUSE),
  now: () => performance.now(),
});

// Everything that Compare is asked with but K.
function baseOf(state: State): string {
  const own = keys.compareRequest.filter((key) => key !== "k");
  return JSON.stringify({
    scheme: painted(),
    ...Object.fromEntries(own.map((k) => [k, state[k]])),
  });
}

const stage = (): HTMLElement | null => find(ids.stage("compare"));

// While the server cannot be reached, or has refused, the page shows what it showed before.
const isStale = (): boolean => stage()?.classList.contains("stale") === true;

const canFollow = (state: State): boolean =>
  state.view === "compare" &&
  !isStale() &&
  state.show.every((overlay) => (live.overlays as readonly unknown[]).includes(overlay)) &&
  plots.drawable();

// Effect: the newest value is shown as soon as it can be.
function follow(value: number): void {
  const state = now();
  if (!state || (!session && !canFollow(state))) {
    return;
  }
  session ??= begun(baseOf(state), value);
  session.wanted = value;
  session.words.count(value);
  plots.mark(false);
  frames.want({ base: session.base, value });
}

function begun(base: string, wanted: number): Session {
  const [answers, where] = [new MutationObserver(answered), stage()];
  if (where) {
    answers.observe(where, { attributeFilter: ["class"] });
  }
  return { base, words: words(), drawn: plots.clusters(), answers, wanted };
}

async function ask({ base, value }: Wish): Promise<Found<LiveFrame>> {
  const work = { ...JSON.parse(base), k: value };
  const address = under(`${addresses.live}/compare`);
  const { ok, json } = await once(address, { work, points: !points.has(base) });
  const frame = json as LiveFrame | null;
  if (!ok || !frame) {
    return undefined;
  }
  if (frame.points) {
    points.clear();
    points.set(base, frame.points as unknown as Positions);
  }
  return frame.pictures ? frame : null;
}

function show({ base, value }: Wish, frame: LiveFrame): void {
  const where = points.get(base);
  if (session?.base === base && where) {
    plots.show({
      pictures: frame.pictures ?? {},
      points: where,
      named: `K = ${value}`,
      reached: value === session.wanted,
    });
    session.words.show(frame);
  }
}

function end(): void {
  frames.stop();
  session?.words.end();
  session?.answers.disconnect();
  session = null;
  plots.uncover();
}

// Effect: where the page itself shows what the hand wanted, it is seen again.
function settle(): void {
  if (session && !held && now()?.k === session.wanted) {
    const { drawn, wanted } = session;
    if ([...drawn.values()].every((k) => k === wanted)) {
      end();
    }
  }
}

// The page's own answer has come, or does not: where no picture follows, that is said.
function answered(): void {
  const before = session;
  if (isStale()) {
    end();
  } else if (before && !stage()?.classList.contains("busy") && now()?.k === before.wanted) {
    window.setTimeout(() => session === before && !held && end(), LATE);
  }
}

export function listen(): void {
  followThumb();
  followHand();
  onBuilt((plot, name) => {
    if (plots.isOurs(name)) {
      plot.on?.("plotly_afterplot", () => {
        session?.drawn.set(name, plots.clustersIn(plot));
        settle();
      });
    }
  });
  hear(({ state }) => {
    if (session && (state.view !== "compare" || baseOf(state) !== session.base)) {
      end();
    }
  });
}

const slider = (): HTMLElement | null => find(ids.control("k"));

// Effect: every value that a hand gives K is followed. What sets it without one is answered by the
// page as ever.
function followThumb(): void {
  const told = (changes: MutationRecord[]) => {
    for (const { target } of changes) {
      if (target instanceof Element && slider()?.contains(target) && byHand(target)) {
        follow(Number(target.getAttribute(VALUE)));
      }
    }
  };
  new MutationObserver(told).observe(document.documentElement, {
    subtree: true,
    attributeFilter: [VALUE],
  });
}

const byHand = (thumb: Element): boolean => held || thumb.contains(document.activeElement);

function followHand(): void {
  document.addEventListener(
    "pointerdown",
    ({ target }) => {
      held = target instanceof Node && slider()?.contains(target) === true;
    },
    true,
  );
  const release = () => {
    held = false;
    window.setTimeout(settle); // after the slider has told Dash
  };
  document.addEventListener("pointerup", release, true);
  document.addEventListener("pointercancel", release, true);
}
