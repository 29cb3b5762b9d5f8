// What the picture of one side shows at a place of the time line, for those who do not see it: of
// the same numbers that it is drawn from. It knows neither Dash nor Plotly, as saved pages say it.

import { type Covariance, covarianceAt, hasShapes } from "./ellipses.ts";
import { figure } from "./figure.ts";
import type { FrameOptions } from "./frame.ts";
import { centreAt, type Moment, momentOf, PREVIEWED, phaseOf } from "./moment.ts";
import { originals } from "./placing.ts";
import { at, type Run, type Side, type Spot, spotOf } from "./run.ts";

export const ON_ITS_WAY = "The run is on its way: pause it to read what the picture shows.";
const MOST = 12; // said one by one: beyond, nobody listens to the end
const DIGITS = 2;

export function describedAt(
  run: Run,
  side: Side,
  p: number,
  options: Omit<FrameOptions, "size">,
): string {
  const preview = options.preview === true && p === run.lead;
  const h = Math.min(p - run.lead, run[side].last);
  const where = preview ? "the start" : whereOf(run, side, h);
  const said = h < 0 ? chosen(run, p) : parts(run, side, h, preview, options);
  const [across, up] = run.titles;
  const axes = run.line ? across : `${up} against ${across}`;
  return `${run[side].title}, ${where}; ${axes}: ${said}.`;
}

function whereOf(run: Run, side: Side, h: number): string {
  if (h < 1) {
    return h < 0 ? `choosing centre ${run.lead + h + 1} of ${run.lead}` : "the start";
  }
  return `half step ${h} of ${run[side].last}, ${phaseOf(side, h, run[side].last)}`;
}

const chosen = (run: Run, p: number): string =>
  `points in the strength of their chance to be drawn; chosen so far: ${Array.from(
    { length: p + 1 },
    (_, j) => `${j + 1} at ${place(run, spotOf(run.start, j))}`,
  ).join("; ")}`;

// Of all of them in the order of their numbers; of very many only those with the most points.
function parts(
  run: Run,
  side: Side,
  h: number,
  preview: boolean,
  { centers, ellipses, plain }: Omit<FrameOptions, "size">,
): string {
  const early = preview && run[side].last >= PREVIEWED[side].half;
  const moment = early ? PREVIEWED[side] : momentOf(side, h);
  const counts = plain ? null : countsOf(run, side, moment.dealt);
  const shape = side === "gmm" && ellipses ? shapesOf(run, early, moment) : null;
  const { order } = run[side]; // a preview is in the numbers of the list that it starts from
  const numbers = Array.from({ length: run.k }, (_, j) => (preview ? order.indexOf(j) : j));
  const said = largest(numbers, counts).map((j) => {
    const number = 1 + (preview ? (order[j] ?? j) : j);
    const spot = preview
      ? spotOf(run.start, number - 1)
      : centreAt(run, side, moment.frame, moment.frameBefore, 1, j);
    const facts = [
      centers ? `at ${place(run, spot)}` : "",
      counts ? `${percent(at(counts, j) / run.n)} of the points shown` : "",
      shape?.(j) ?? "",
    ].filter(Boolean);
    return `${number}${facts.length ? ` ${facts.join(", ")}` : ""}`;
  });
  const rest = run.k - said.length;
  const more = rest ? `; and ${rest} with fewer points` : "";
  const points = counts ? "" : "; points in one colour";
  return `${said.join("; ")}${more}${points}`;
}

function largest(numbers: number[], counts: Uint32Array | null): number[] {
  if (numbers.length <= MOST || !counts) {
    return numbers.slice(0, MOST);
  }
  const kept = new Set([...numbers].sort((a, b) => at(counts, b) - at(counts, a)).slice(0, MOST));
  return numbers.filter((j) => kept.has(j));
}

// How many points have the colour of each component; nothing before the first assignment.
function countsOf(run: Run, side: Side, dealt: number): Uint32Array | null {
  if (dealt < 0) {
    return null;
  }
  const labels = side === "kmeans" ? run.kmeans.labels : run.gmm.first;
  const counts = new Uint32Array(run.k);
  for (let i = dealt * run.n; i < (dealt + 1) * run.n; i++) {
    const j = at(labels, i);
    counts[j] = at(counts, j) + 1;
  }
  return counts;
}

// The ellipses, as the plot shows them; on a bent axis they have no width in its column's units.
function shapesOf(run: Run, early: boolean, moment: Moment): ((j: number) => string) | null {
  const frame = early ? 0 : moment.frame; // a preview shows those after the first M-step
  if (!hasShapes(run, frame)) {
    return null;
  }
  return (j) => shapeOf(run, covarianceAt(run, frame, frame, 1, j));
}

function shapeOf(run: Run, [xx, xy, yy]: Covariance): string {
  const [across, up] = [Math.sqrt(xx), Math.sqrt(yy)];
  const bent = run.bends.some(Boolean);
  if (run.line) {
    return bent ? "" : `standard deviation ${figure(across, DIGITS)}`;
  }
  const together = across * up > 0 ? xy / (across * up) : 0;
  const tilt = Math.abs(together) >= 0.05 ? `correlation ${figure(together, DIGITS)}` : "";
  const wide = `standard deviations ${figure(across, DIGITS)} and ${figure(up, DIGITS)}`;
  return [bent ? "" : wide, tilt].filter(Boolean).join(", ");
}

const place = (run: Run, spot: Spot): string =>
  run.line
    ? figure(originals(run, spot)[0], DIGITS)
    : `(${originals(run, spot)
        .map((value) => figure(value, DIGITS))
        .join(", ")})`;

const percent = (share: number): string => `${figure(100 * share, DIGITS).replace(/\.0$/, "")} %`;

// What each side says now; nothing where it is what was said last, as every frame asks.
export function teller(): (
  run: Run,
  side: Side,
  p: number,
  playing: boolean,
  options: Omit<FrameOptions, "size">,
) => string | null {
  const last: Partial<Record<Side, readonly unknown[]>> = {};
  return (run, side, p, playing, options) => {
    const { preview, centers, ellipses, plain } = options;
    const now = playing ? [playing] : [run, p, preview, centers, ellipses, plain];
    const same =
      last[side]?.length === now.length && now.every((one, i) => one === last[side]?.[i]);
    last[side] = now;
    if (same) {
      return null;
    }
    return playing ? ON_ITS_WAY : describedAt(run, side, p, options);
  };
}
