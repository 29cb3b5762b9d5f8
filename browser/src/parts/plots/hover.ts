// What the card of a point in a drawn plot says: its values, its group, its posteriors.

import { type Packed, unpack } from "../../kernel/packed.ts";
import { bar, pair, percent, spoken, title } from "./point_card.ts";

// What the server says of the points of a plot; arrays are rows of all points.
export interface Hover {
  readonly columns: readonly string[];
  readonly colours: readonly string[];
  readonly called: readonly string[];
  readonly title: string;
  readonly values: Packed;
  readonly posteriors: Packed;
  readonly rows?: Packed;
  readonly truth?: Packed;
  readonly truth_title: string;
  readonly truth_names: readonly string[];
  readonly gaps?: Gaps;
}

// The same of rows with gaps: what is expected of them, and one standard deviation to either side.
interface Gaps {
  readonly values: Packed;
  readonly low: Packed;
  readonly high: Packed;
  readonly rows: Packed;
  readonly posteriors: Packed;
}

const GAP = /^gap (\d+)$/; // a mark's own number, as points have one (gmm_dash/figures/layers.py)

const ALL = 6; // up to so many components each has its bar
const LEAST = 0.005; // of more, only shares that can be seen
const FULL = 65535;
const LONGEST = 14; // letters of a name; what is longer is cut

// What a card says of what is under the mouse: a point by its number, or a mark of a row with gaps.
export function linesOf(hover: Hover, mark: unknown): HTMLElement[] {
  const gap = GAP.exec(String(mark))?.[1];
  if (gap === undefined) {
    return lines(hover, Number(mark));
  }
  return hover.gaps ? expected(hover, hover.gaps, Number(gap)) : [];
}

function expected(hover: Hover, gaps: Gaps, index: number): HTMLElement[] {
  const row = unpack(gaps.rows, Int32Array)[index] ?? index;
  return [
    title(`Point ${row + 1}, with gaps`),
    ...told(hover.columns, gaps, index).map(([name, value]) => pair(name, value)),
    title(hover.title),
    ...barsOf({ ...hover, posteriors: gaps.posteriors }, index),
  ];
}

// Each column with its value; in a gap what is expected, and how far a standard deviation goes.
export function told(
  columns: readonly string[],
  { values: all, low, high }: Pick<Gaps, "values" | "low" | "high">,
  index: number,
): [string, string][] {
  const [middle, from, to] = [all, low, high].map((one) => unpack(one, Float32Array));
  return columns.map((column, i) => {
    const at = index * columns.length + i;
    const [value, least, most] = [middle, from, to].map((one) => one?.[at] ?? Number.NaN);
    const said = short(value ?? Number.NaN);
    return least === most
      ? [column, spoken(value ?? Number.NaN)]
      : [
          `${column}, expected`,
          `${said} (${short(least ?? Number.NaN)} to ${short(most ?? Number.NaN)})`,
        ];
  });
}

const short = (value: number): string => spoken(Number(value.toPrecision(3)));

function lines(hover: Hover, index: number): HTMLElement[] {
  const row = hover.rows ? (unpack(hover.rows, Int32Array)[index] ?? index) : index;
  return [
    title(`Point ${row + 1}`),
    ...values(hover, index),
    ...group(hover, index),
    title(hover.title),
    ...barsOf(hover, index),
  ];
}

const barsOf = (hover: Hover, index: number): HTMLElement[] =>
  shares(hover, index).map(([share, i]) => {
    const line = bar(hover.called[i] ?? "", share, hover.colours[i] ?? "", percent(share));
    line.style.setProperty("--called", `${widest(hover)}ch`);
    return line;
  });

// Letters that the names of groups take; those of components joined are longer than a number.
const widest = ({ called }: Hover): number =>
  Math.min(LONGEST, Math.max(2, ...called.map((name) => name.length)));

function values({ columns, values: all }: Hover, index: number): HTMLElement[] {
  const numbers = unpack(all, Float32Array);
  const at = index * columns.length;
  return columns.map((column, i) => pair(column, spoken(numbers[at + i] ?? Number.NaN)));
}

function group(hover: Hover, index: number): HTMLElement[] {
  if (!hover.truth) {
    return [];
  }
  const code = unpack(hover.truth, Int32Array)[index] ?? -1;
  return [pair(hover.truth_title, hover.truth_names[code] ?? "")];
}

// Share and number of the components worth a bar: all in order, or the largest.
function shares({ colours, posteriors }: Hover, index: number): [number, number][] {
  const k = colours.length;
  const all = unpack(posteriors, Uint16Array);
  const found = colours.map((_, i): [number, number] => [(all[index * k + i] ?? 0) / FULL, i]);
  if (k <= ALL) {
    return found;
  }
  return found
    .filter(([share]) => share > LEAST)
    .sort((a, b) => b[0] - a[0])
    .slice(0, ALL);
}
