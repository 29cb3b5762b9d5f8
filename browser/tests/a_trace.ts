// A small answer of the server: three points, two centres, one assignment.

import type { Packed } from "../src/kernel/packed.ts";
import type { Trace } from "../src/views/steps/run.ts";

const packed = (array: Float32Array | Int32Array | Uint8Array): Packed => ({
  bdata: Buffer.from(array.buffer).toString("base64"),
});
export const floats = (...values: number[]): Packed => packed(new Float32Array(values));
const small = (...values: number[]): Packed => packed(new Uint8Array(values));

const WORDS = { objective: [null, 3, 2], said: ["a", "b", "c"], formulas: ["", "", ""] };

export function aTrace(changed: { seeding?: number[]; bends?: [string, string] } = {}): Trace {
  return {
    n: 3,
    k: 2,
    origin: [10, 20],
    ranges: [
      [0, 20],
      [10, 30],
    ],
    titles: ["x", "y"],
    bends: changed.bends ?? ["", ""],
    ticks: [null, null],
    ratio: null,
    metric: [1, 0, 1],
    points: floats(0, 0, 1, 0, 4, 0),
    rows: packed(new Int32Array([0, 1, 2])),
    start: floats(0, 0, 3, 1),
    seeding: changed.seeding ? small(...changed.seeding) : null,
    colours: ["#ff0000", "#0080ff"],
    look: { ink: "#000000", muted: "#102030", grid: "#cccccc", paper: "#ffffff" },
    seeding_said: ["first", "second"],
    note: "note",
    columns: ["x", "y"],
    kmeans: {
      ...WORDS,
      last: 2,
      order: [1, 0],
      title: "k-means",
      centers: floats(4, 2, 0, 0, 6, 4, 0, 0),
      labels: small(0, 0, 1),
    },
    gmm: {
      ...WORDS,
      last: 4,
      order: [0, 1],
      title: "Gaussian mixture",
      weights: floats(0.5, 0.5),
      means: floats(0, 0, 4, 0),
      covariances: floats(1, 0, 1, 1, 0, 1),
      first: small(0, 1, 1),
      second: small(1, 0, 0),
      share: small(255, 204, 255),
    },
  };
}
