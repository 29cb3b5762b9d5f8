// Both runs of the player as one value: what the server answers (gmm_dash/figures/steps.py), with
// its arrays unpacked. A run is never changed in place; placing centres or editing points makes
// another one.

import { methods } from "../../contract.ts";
import { bytes, type Packed, unpack } from "../../kernel/packed.ts";
import type { Range } from "../../kernel/plotly.ts";
import { channels, type Rgb } from "./colour.ts";

export type Side = keyof typeof methods;
export const SIDES = Object.keys(methods) as readonly Side[];
export const bySide = <T>(make: (side: Side) => T): Record<Side, T> => ({
  kmeans: make("kmeans"),
  gmm: make("gmm"),
});

export type Pair<T> = readonly [T, T];
export type Spot = readonly [x: number, y: number];

interface Course {
  readonly last: number; // half step
  readonly order: readonly number[]; // number at the end -> number in the start
  readonly objective: readonly (number | null)[]; // after every half step
  readonly iterations?: readonly number[]; // that each frame has behind it
  readonly said: readonly string[];
  readonly formulas: readonly string[];
  readonly title: string;
}

// The space of the fits, and the way between it and the plot (gmm_dash/figures/steps_fitted.py).
export interface Fitted {
  readonly d: number;
  readonly mean: readonly number[]; // (d,), of the fitted points
  readonly back: readonly number[]; // (d, 2), from the plot, less its origin, to these less `mean`
  readonly forth: readonly number[]; // (2, d), and on to the plot
  readonly points: Packed | null; // (n, d) less `mean`; nothing where the plot has all of them
  readonly covariance_type: string;
  readonly reg_covar: number;
}

// What a plot of one column has besides (gmm_dash/figures/steps_line.py).
export interface Line {
  readonly height: number; // of all centres, below the axis
  readonly edges: readonly number[]; // of the bars, less the origin
  readonly heights: readonly number[];
}

interface Shared {
  readonly n: number;
  readonly k: number;
  readonly origin: Spot; // what positions are less than plot coordinates
  readonly ranges: Pair<Range>;
  readonly titles: Pair<string>;
  readonly bends: Pair<string>;
  readonly ticks: Pair<readonly (readonly [number, string])[] | null>;
  readonly ratio: number | null;
  readonly metric: readonly [xx: number, xy: number, yy: number] | null;
  readonly colours: readonly string[];
  readonly look: Readonly<Record<"ink" | "muted" | "grid" | "paper", string>>;
  readonly seeding_said: readonly string[];
  readonly note: string;
  readonly columns: readonly string[] | null;
  readonly palette?: readonly string[]; // a colour for each component there may be
  readonly line?: Line | null; // nothing where the plot is a plane
  readonly fitted?: Fitted | null; // nothing where it would be too much to send, or in a saved page
}

// As it travels.
export interface Trace extends Shared {
  readonly points: Packed;
  readonly rows: Packed;
  readonly start: Packed;
  readonly seeding: Packed | null;
  readonly kmeans: Course & Readonly<Record<"centers" | "labels", Packed>>;
  readonly gmm: Course &
    Readonly<Record<"weights" | "means" | "covariances" | "first" | "second" | "share", Packed>> & {
      readonly shapes?: Packed | null;
    };
}

export interface KMeansCourse extends Course {
  readonly centers: Float32Array; // (frames, k, 2)
  readonly labels: Uint8Array; // (assignments, n)
}

export interface MixtureCourse extends Course {
  readonly weights: Float32Array; // (frames, k)
  readonly means: Float32Array; // (frames, k, 2)
  readonly covariances: Float32Array; // (frames, k, 3): xx, xy, yy
  readonly shapes: Float32Array | null; // (k, 3), those of the start, where it has some
  readonly first: Uint8Array; // (assignments, n): the component with the largest share
  readonly second: Uint8Array;
  readonly share: Uint8Array; // of the first, in 255ths
}

export interface Run extends Shared {
  readonly points: Float32Array; // (n, 2)
  readonly rows: Int32Array;
  readonly start: Float32Array; // (k, 2)
  readonly seeding: Uint8Array | null; // (k, n), in 255ths of the likeliest
  readonly lead: number; // places on the time line before the first half step
  readonly rgb: readonly Rgb[];
  readonly grey: Rgb;
  readonly kmeans: KMeansCourse;
  readonly gmm: MixtureCourse;
}

const floats = (packed: Packed): Float32Array => unpack(packed, Float32Array);

export function decode(trace: Trace): Run {
  const { kmeans, gmm } = trace;
  return {
    ...trace,
    points: floats(trace.points),
    rows: unpack(trace.rows, Int32Array),
    start: floats(trace.start),
    seeding: trace.seeding && bytes(trace.seeding),
    lead: trace.seeding ? trace.k : 0,
    rgb: trace.colours.map(channels),
    grey: channels(trace.look.muted),
    kmeans: { ...kmeans, centers: floats(kmeans.centers), labels: bytes(kmeans.labels) },
    gmm: {
      ...gmm,
      weights: floats(gmm.weights),
      means: floats(gmm.means),
      covariances: floats(gmm.covariances),
      shapes: gmm.shapes ? floats(gmm.shapes) : null,
      first: bytes(gmm.first),
      second: bytes(gmm.second),
      share: bytes(gmm.share),
    },
  };
}

// One number of an array that has it.
export const at = (array: ArrayLike<number>, index: number): number => array[index] ?? Number.NaN;

export const spotOf = (pairs: ArrayLike<number>, index: number): Spot => [
  at(pairs, 2 * index),
  at(pairs, 2 * index + 1),
];

// A copy in which one place is another.
export function withSpot(pairs: Float32Array, index: number, [x, y]: Spot): Float32Array {
  const copy = pairs.slice();
  copy.set([x, y], 2 * index);
  return copy;
}

// Plot coordinates of a place less the origin, and back.
export const outward = ({ origin }: Run, [x, y]: Spot): Spot => [x + origin[0], y + origin[1]];
export const inward = (run: Run, [x, y]: Spot): Spot =>
  onLine(run, [x - run.origin[0], y - run.origin[1]]);

// Centres of one column stand side by side: how high they are held means nothing.
export const onLine = ({ line }: Pick<Run, "line">, [x, y]: Spot): Spot => [
  x,
  line ? line.height : y,
];
