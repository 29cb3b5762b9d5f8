// Points on the pad under both methods: while they are drawn, moved or erased, the dialog shows what
// Compare will say and show of them when they are used. They are stored only then.

import {
  addresses,
  drawing,
  ids,
  keys,
  type LiveFrame,
  live,
  methods,
  type State,
} from "../../contract.ts";
import { sharpPen } from "../../kernel/canvas.ts";
import { listed } from "../../kernel/link.ts";
import { find } from "../../kernel/page.ts";
import type { Axis, Range } from "../../kernel/plotly.ts";
import { once, under } from "../../kernel/requests.ts";
import { wait } from "../../kernel/retry.ts";
import { now } from "../../kernel/store.ts";
import { settingsOf } from "../../parts/files/open_table.ts";
import { baseOf, type Found, seeker, type Wish, workOf } from "../../parts/live/seeker.ts";
import type { Points } from "../../parts/pad/points.ts";
import { hear } from "../../parts/pad/sheet.ts";
import { asChoice } from "../../parts/pad/text.ts";
import { placeOf, square } from "./place.ts";
import { draw, type LiveTrace, type Positions } from "./traces.ts";

const FEWEST = 2;
const PAUSE = 0.3; // seconds after a refusal, longer after the next
const AGAIN = 5_000; // milliseconds after which what was refused is asked for again
const NAMES = Object.keys(methods);
const WAITING = "What k-means and the mixture make of your points is shown here while you draw.";
const MANY = `Of more than ${live.mostDrawn} points both methods follow when you use them.`;

let wanted: Wish | null = null; // nothing is shown of points that it is no wish for
let reached = false;

const frames = seeker<LiveFrame>({
  ask,
  show,
  pause: (refused) => wait(refused * PAUSE),
  now: () => performance.now(),
});

async function ask(wish: Wish): Promise<Found<LiveFrame>> {
  const work = { ...workOf(wish), table: "" };
  const drawn = JSON.parse(String(wish.value));
  const answer = await once(under(`${addresses.live}/${addresses.drawn}`), { work, drawn });
  const frame = answer.json as LiveFrame | null;
  return answer.ok && frame ? frame : undefined;
}

// Effect: both pictures follow these points; where they cannot, it is said.
function follow(points: Points): void {
  const [state, place] = [now(), find(ids.DRAW_LIVE)];
  if (!state || !place) {
    return; // the dialog is closed
  }
  place.className = ["draw-live", ...listed(state.hide).map((part) => `hides-${part}`)].join(" ");
  if (points.length < FEWEST || points.length > live.mostDrawn) {
    wanted = null;
    frames.stop();
    say(points.length < FEWEST ? WAITING : MANY);
    return;
  }
  const kind = { key: "", ...asChoice(points), columns: [] };
  const { label, ...others } = settingsOf(kind, state);
  const then = { ...state, ...others, label: label ?? "" } as unknown as State;
  const base = baseOf(keys.compareRequest, then, "table");
  wanted = { key: "table", base, value: JSON.stringify(points) };
  reached = false;
  mark();
  frames.want(wanted);
  askAgain(wanted);
}

// Effect: what came to be refused is asked for again, as nothing else follows.
function askAgain(wish: Wish): void {
  window.setTimeout(() => {
    if (wish === wanted && !reached && find(ids.DRAW_LIVE)) {
      frames.want(wish);
      askAgain(wish);
    }
  }, AGAIN);
}

function show(wish: Wish, frame: LiveFrame): void {
  if (!wanted) {
    return;
  }
  reached = wish.value === wanted.value && wish.base === wanted.base;
  if (frame.error || !frame.pictures) {
    say(frame.error ?? "");
    return;
  }
  put(ids.DRAW_SAID, frame.notice ?? "");
  for (const name of NAMES) {
    showOne(name, frame, axesOf(wish, frame));
  }
  mark();
}

function showOne(name: string, frame: LiveFrame, axes: readonly [Range, Range]): void {
  const canvas = find(ids.drawn_picture(name));
  if (!(canvas instanceof HTMLCanvasElement)) {
    return;
  }
  const panel = ids.drawn_panel(name);
  put(ids.badge(panel), frame.badges?.[name] ?? "");
  for (const [term, text] of Object.entries(frame.numbers?.[name] ?? {})) {
    put(ids.number(panel, term), text);
    const row = find(ids.number(panel, term))?.parentElement;
    if (row) {
      row.hidden = text === "";
    }
  }
  const size = canvas.clientWidth;
  const pen = size ? sharpPen(canvas, size, size) : null;
  if (pen) {
    const axis = (range: Range): Axis => ({ range, offset: 0, length: size });
    const place = placeOf({ x: axis(axes[0]), y: axis(axes[1]) });
    const traces = frame.pictures?.[name] as LiveTrace[];
    const family = getComputedStyle(canvas).fontFamily;
    draw(pen, traces, frame.points as unknown as Positions, place, family);
  }
}

// The pad's own axes, which stand still; others, as of standardised points, fit what there is to
// see. One unit is as long both ways, so that what is round looks round.
function axesOf(wish: Wish, { ranges }: LiveFrame): readonly [Range, Range] {
  const { scale, transform, pcs, x, y } = workOf(wish);
  const plain = scale === "none" && !String(transform) && !Number(pcs) && !x && !y;
  const pad: Range = [0, drawing.side];
  return plain || !ranges ? [pad, pad] : square(ranges as [Range, Range]);
}

const put = (id: Parameters<typeof find>[0], text: string): void => {
  const element = find(id);
  if (element && element.textContent !== text) {
    element.textContent = text;
  }
};

// Effect: only words stand where the pictures were.
function say(words: string): void {
  put(ids.DRAW_SAID, words);
  delete find(ids.DRAW_LIVE)?.dataset.live;
}

// Effect: what is shown is marked as what the hand wants, or as what it has left.
function mark(): void {
  const place = find(ids.DRAW_LIVE);
  if (place && (reached || place.dataset.live)) {
    place.dataset.live = reached ? "now" : "behind";
  }
}

export const listen = (): void => hear(follow);
