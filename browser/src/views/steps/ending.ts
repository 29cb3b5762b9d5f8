// Where both runs end with other points, as the server answers while a hand has these
// (gmm_dash/callbacks/steps.py): a run of which only the end can be drawn, as that of the page.

import { at, decode, type Run, type Spot, type Trace } from "./run.ts";

// The run that ends there, less the origin that positions on the page are less.
export function ending(trace: Trace, { origin, columns }: Run): Run {
  const run = decode(trace);
  const by: Spot = [run.origin[0] - origin[0], run.origin[1] - origin[1]];
  const { kmeans, gmm, n } = run;
  return {
    ...run,
    origin,
    columns,
    points: shifted(run.points, by),
    start: shifted(run.start, by),
    kmeans: {
      ...kmeans,
      said: last(kmeans.said, kmeans.last),
      centers: shifted(kmeans.centers, by),
      labels: lastDealt(kmeans.labels, kmeans.last, n),
    },
    gmm: {
      ...gmm,
      said: last(gmm.said, gmm.last),
      means: shifted(gmm.means, by),
      first: lastDealt(gmm.first, gmm.last, n),
      second: lastDealt(gmm.second, gmm.last, n),
      share: lastDealt(gmm.share, gmm.last, n),
    },
  };
}

const shifted = (places: Float32Array, by: Spot): Float32Array =>
  places.map((value, p) => value + at(by, p % 2));

// What is said of the last half step; of the others nothing came.
const last = (said: readonly string[], h: number): string[] => [
  ...Array.from({ length: h }, () => ""),
  ...said,
];

// The last assignment at its place, which is that of the half step it is made in: an odd one.
function lastDealt(dealt: Uint8Array, h: number, n: number): Uint8Array {
  const all = new Uint8Array(((h + 1) / 2) * n);
  all.set(dealt, all.length - n);
  return all;
}
