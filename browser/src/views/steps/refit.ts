// Both methods follow points that are being edited: while one is dragged, added or removed, the
// plots show where both runs then end, from where k-means' centres stood. It is the engine's own
// answer, and what going on leads to; nothing is stored before.

import {
  addresses,
  ids,
  keys,
  live,
  type State,
  type StepsFrame,
  tableData,
} from "../../contract.ts";
import { find } from "../../kernel/page.ts";
import { once, under } from "../../kernel/requests.ts";
import { wait } from "../../kernel/retry.ts";
import { baseOf, type Found, seeker, type Wish, workOf } from "../../parts/live/seeker.ts";
import * as edit from "./edits.ts";
import { ending } from "./ending.ts";
import { type Run, SIDES, type Trace } from "./run.ts";
import * as session from "./session.ts";
import { LAST } from "./timeline.ts";
import { cover, uncover } from "./twins.ts";

const PAUSE = 0.3; // seconds after a refusal, longer after the next
const LATE = 2_000; // milliseconds after which what is shown is too old to stay
const AGAIN = 5_000; // and after which what was refused is asked for again
export const MANY = `Of more than ${live.mostEdited} points both methods follow when you go on.`;
const SHOWN = "Both plots show where both methods end.";

// A table of two columns is used as it is, whatever was chosen of the one before. As controls have
// it: nothing chosen is null.
export const CHOSEN = {
  cols: [],
  label: null,
  weights: null,
  x: null,
  y: null,
  transform: "",
  pcs: 0,
};
const chosenOf = (): [string, unknown][] =>
  Object.entries(CHOSEN).map(([key, value]) => [key, value ?? ""]);

// What going on with points would ask for, beside these.
export interface Place {
  readonly run: Run; // of the page, with its own points
  readonly columns: readonly string[];
  readonly centres: string;
}

interface Ask extends Wish {
  readonly place: Place;
  readonly present: readonly number[]; // the points that there are, in the order of the table
}

interface Shown {
  readonly ask: Ask;
  readonly run: Run;
}

let edits: edit.Edits | null = null;
let wanted: Ask | null = null;
let reached = false;
let shown: Shown | null = null;
let problem = "";
let late = 0;
let told = (): void => undefined; // what is said here is something else

const frames = seeker<StepsFrame>({
  ask,
  show,
  pause: (refused) => wait(refused * PAUSE),
  now: () => performance.now(),
});

async function ask(wish: Wish): Promise<Found<StepsFrame>> {
  const work = { ...workOf(wish), table: "" };
  const body = { work, edited: wish.value };
  const answer = await once(under(`${addresses.live}/${addresses.edited}`), body);
  const end = answer.json as StepsFrame | null;
  return answer.ok && end ? end : undefined;
}

// What is shown begins where this says, if anything is shown.
export const begun = (): Place | null => shown?.ask.place ?? null;

// Whether a point, by its number among all edits, is among those that both methods know.
export const knows = (index: number): boolean => shown?.ask.present.includes(index) ?? false;

// What there is to say of the plots while points are edited.
export const said = (): string => problem || (shown ? SHOWN : "");

// Effect: both methods follow these points, as far as they can. Returns whether plots show them.
export function follow(next: edit.Edits, place: Place, state: State): boolean {
  edits = next;
  problem = "";
  const present = edit.presentOf(next);
  if (edit.isAsBefore(next, place.run.points)) {
    rest();
    letGo();
  } else if (present.length > live.mostEdited) {
    rest();
    letGo();
    problem = MANY;
  } else {
    want(next, present, place, state);
  }
  draw();
  return shown !== null;
}

function want(next: edit.Edits, present: number[], place: Place, state: State): void {
  const { centres, columns } = place;
  const chosen = { ...Object.fromEntries(chosenOf()), data: tableData.drawn };
  const then = { ...state, ...chosen, start: "own", centres } as unknown as State;
  wanted = {
    key: "table",
    base: baseOf(keys.stepsRequest, then, "table"),
    value: edit.tableOf(columns, edit.pointsOf(next, place.run)),
    place,
    present,
  };
  reached = false;
  mark();
  frames.want(wanted);
  watch(wanted);
}

// Effect: what stays too old is not shown any longer, and asked for again later.
function watch(wish: Ask): void {
  window.clearTimeout(late);
  if (!reached) {
    late = window.setTimeout(() => {
      letGo();
      told();
      late = window.setTimeout(() => {
        frames.want(wish);
        watch(wish);
      }, AGAIN - LATE);
    }, LATE);
  }
}

function show(wish: Wish, end: StepsFrame): void {
  if (!wanted || !("present" in wish)) {
    return;
  }
  const ask = wish as Ask;
  const { trace, error } = end;
  reached = ask.value === wanted.value && ask.base === wanted.base;
  if (reached) {
    window.clearTimeout(late);
  }
  if (trace) {
    problem = "";
    shown = { ask, run: ending(trace as unknown as Trace, ask.place.run) };
    draw();
    write(end);
  } else if (reached) {
    problem = error ?? "";
    letGo();
  }
  mark();
  told();
}

// Effect: what stands beside the plots is of the same runs.
function write({ badges, captions }: StepsFrame): void {
  for (const side of SIDES) {
    const plot = ids.steps_plot(side);
    cover(ids.badge(plot), badges?.[side] ?? "");
    cover(ids.caption(plot), captions?.[side] ?? "");
  }
}

// Effect: the newest answer is drawn, with its points where the hand has them by now.
function draw(): void {
  if (shown && edits) {
    const now = edits;
    const spots = shown.ask.present.flatMap((index) => [...edit.spotAt(now, index)]);
    session.hold({ ...shown.run, points: Float32Array.from(spots) }, LAST);
  }
}

// Effect: the run of the page is shown, with the points as they are by now.
function letGo(): void {
  if (shown) {
    shown = null;
    uncover();
    session.release();
    if (edits) {
      session.change({ points: edits.points });
    }
  }
  mark();
}

// Effect: nothing more is asked for; what is shown stays.
export function rest(): void {
  window.clearTimeout(late);
  wanted = null;
  frames.stop();
}

// Effect: the plots show the run of the page.
export function stop(): void {
  rest();
  letGo();
  edits = null;
  problem = "";
}

// Effect: another run is on the page.
export function forget(): void {
  rest();
  edits = null;
  shown = null;
  problem = "";
  uncover();
  mark();
}

// Effect: what is shown is marked as what the hand wants, or as what it has left.
function mark(): void {
  const panel = find(ids.STEPS_POINTS);
  if (panel && shown) {
    panel.dataset.live = reached ? "now" : "behind";
  } else {
    delete panel?.dataset.live;
  }
}

export const listen = (tell: () => void): void => {
  told = tell;
};
