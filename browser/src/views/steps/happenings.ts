// What happens in a run that is worth stopping at: points change side, the curve bends, a centre
// comes to rest.

import { centreAt, momentOf } from "./moment.ts";
import { at, bySide, type Run, type Side } from "./run.ts";
import { driven, endOf, halfStepOf, moved, placeOf, type Timeline, turns } from "./timeline.ts";

const STILL = 1e-3; // of the plot: a centre that moves less from here on is at rest
const SEEN = 5e-3; // of the whole climb: a smaller gain bends no curve
const FASTER = 2; // times the gain of the iteration before
const SLOWER = 1 / 4;

type Happenings = ReadonlyMap<number, readonly string[]>; // half step -> what happens there

const known = new WeakMap<Run, Record<Side, Happenings>>();

export function happeningsOf(run: Run, side: Side): Happenings {
  const found = known.get(run) ?? bySide((one) => collected(run, one));
  known.set(run, found);
  return found[side];
}

function collected(run: Run, side: Side): Happenings {
  const all = new Map<number, string[]>();
  const add = (h: number, what: string) => all.set(h, [...(all.get(h) ?? []), what]);
  changes(run, side, add);
  bends(run, side, add);
  rests(run, side, add);
  return all;
}

type Add = (h: number, what: string) => void;

function changes(run: Run, side: Side, add: Add): void {
  const owners = side === "kmeans" ? run.kmeans.labels : run.gmm.first;
  for (let h = 3; h <= run[side].last; h += 2) {
    const now = momentOf(side, h).dealt * run.n;
    let count = 0;
    for (let i = 0; i < run.n; i++) {
      count += Number(at(owners, now + i) !== at(owners, now - run.n + i));
    }
    if (count) {
      add(h, count === 1 ? "1 point changes side" : `${count} points change side`);
    }
  }
}

// Gains are those of an iteration, also where a long run has frames left out.
function bends(run: Run, side: Side, add: Add): void {
  const { objective, iterations, last } = run[side];
  const values: (readonly [h: number, value: number, iteration: number])[] = [];
  for (let h = 2; h <= last; h += 2) {
    const value = objective[h];
    if (typeof value === "number") {
      values.push([h, value, at(iterations ?? [], momentOf(side, h).frame)]);
    }
  }
  const whole = Math.abs((values.at(-1)?.[1] ?? 0) - (values[0]?.[1] ?? 0));
  let before = Number.NaN;
  values.slice(1).forEach(([h, value, iteration], i) => {
    const [, earlier, from] = values[i] ?? [0, value, iteration];
    const gain = Math.abs(value - earlier) / (iteration - from || 1);
    if (
      Math.max(gain, before) > SEEN * whole &&
      (gain > FASTER * before || gain < SLOWER * before)
    ) {
      add(h, `the curve bends: ${gain > before ? "faster" : "slower"} from here`);
    }
    before = gain;
  });
}

function rests(run: Run, side: Side, add: Add): void {
  const [across, up] = run.ranges.map(([low, high]) => high - low);
  for (let j = 0; j < run.k; j++) {
    let moves = 0; // the last half step in which it moves
    for (let h = 2; h <= run[side].last; h += 2) {
      const { frame, frameBefore } = momentOf(side, h);
      const [x0, y0] = centreAt(run, side, frameBefore, frameBefore, 1, j);
      const [x1, y1] = centreAt(run, side, frame, frame, 1, j);
      const far = Math.hypot((x1 - x0) / (across ?? 1), (y1 - y0) / (up ?? 1));
      moves = far > STILL ? h : moves;
    }
    if (moves && moves + 2 <= run[side].last) {
      add(moves + 2, `centre ${j + 1} comes to rest`);
    }
  }
}

// What happens at a place of the time line, said of the sides that move.
export function saidToHappen(run: Run, line: Timeline): string {
  const sides = driven(line.drive).flatMap((side) => {
    const what = happeningsOf(run, side).get(halfStepOf(line, side));
    return what && turns(line, side) ? [`${run[side].title}: ${what.join(", ")}.`] : [];
  });
  return sides.join(" ");
}

// The next place where something happens, else the end.
export function nextHappening(run: Run, line: Timeline): number {
  const end = endOf(line);
  for (let place = placeOf(line) + 1; place < end; place++) {
    if (saidToHappen(run, moved(line, place))) {
      return place;
    }
  }
  return end;
}
