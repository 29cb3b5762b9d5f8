// What a start leads to at once: k-means' first assignment, and the mixture's first M-step with the
// shares that follow from it. Computed here while a hand holds a centre.

import { type Cloud, cloudOf, flat, flatCovariance, lifted } from "./cloud.ts";
import { channels } from "./colour.ts";
import { eStep, isKnown, type Mixture, mStep } from "./em.ts";
import { assign, inertia } from "./lloyd.ts";
import { at, type Fitted, type KMeansCourse, type MixtureCourse, onLine, type Run } from "./run.ts";

const numbered = (k: number): number[] => Array.from({ length: k }, (_, j) => j);

// The run from another start of any size, as far as it is known at once: numbered and coloured by
// the list of its centres.
export function firstRound(run: Run, start: Float32Array): Run {
  const k = start.length / 2;
  const colours = (run.palette ?? run.colours).slice(0, k);
  const { fitted } = run;
  const known = fitted && isKnown(fitted.covariance_type) ? rounds(run, fitted, start) : null;
  return {
    ...run,
    k,
    start,
    colours,
    rgb: colours.map(channels),
    seeding: null,
    lead: 0,
    kmeans: { ...run.kmeans, ...(known?.kmeans ?? UNKNOWN), order: numbered(k) },
    gmm: { ...run.gmm, ...(known?.gmm ?? UNKNOWN), order: numbered(k) },
  };
}

// Where the points are too many numbers to be sent along, only the centres follow the hand.
const UNKNOWN = { last: 0, objective: [null], said: [""], formulas: [""] };

type Part<T> = Omit<T, "order" | "title">;

function rounds(
  run: Run,
  fitted: Fitted,
  start: Float32Array,
): { kmeans: Part<KMeansCourse>; gmm: Part<MixtureCourse> } {
  const cloud = cloudOf(run, fitted);
  const centers = lifted(start, start.length / 2, fitted);
  const labels = assign(cloud, centers);
  return {
    kmeans: {
      last: 1,
      objective: [null, inertia(cloud, labels, centers)],
      said: ["", ""],
      formulas: ["", ""],
      centers: start,
      labels,
    },
    gmm: mixtureRound(run, cloud, fitted, labels, start.length / 2),
  };
}

function mixtureRound(
  run: Run,
  cloud: Cloud,
  fitted: Fitted,
  labels: Uint8Array,
  k: number,
): Part<MixtureCourse> {
  const hard = new Float64Array(cloud.n * k);
  labels.forEach((j, i) => {
    hard[i * k + j] = 1;
  });
  const mixture = mStep(cloud, hard, fitted.covariance_type, fitted.reg_covar);
  const soft = eStep(cloud, mixture);
  const value = soft?.logLikelihood ?? null;
  return {
    last: 3,
    objective: [null, null, value, value],
    said: ["", "", "", ""],
    formulas: ["", "", "", ""],
    ...drawn(run, fitted, mixture),
    shapes: null,
    ...leading(cloud.n, k, [hard, soft?.responsibilities ?? hard]),
  };
}

function drawn(run: Run, fitted: Fitted, { weights, means, covariances }: Mixture) {
  const all = numbered(weights.length);
  return {
    weights: Float32Array.from(weights),
    means: Float32Array.from(all.flatMap((j) => onLine(run, flat(fitted, means, j)))),
    covariances: Float32Array.from(all.flatMap((j) => flatCovariance(fitted, covariances, j))),
  };
}

// The two largest shares of each point, for each assignment.
export function leading(n: number, k: number, all: readonly Float64Array[]) {
  const [first, second] = [new Uint8Array(all.length * n), new Uint8Array(all.length * n)];
  const share = new Uint8Array(all.length * n);
  all.forEach((shares, e) => {
    for (let i = 0; i < n; i++) {
      const row = shares.subarray(i * k, (i + 1) * k);
      const most = largest(row, -1);
      first[e * n + i] = most;
      second[e * n + i] = k > 1 ? largest(row, most) : most;
      share[e * n + i] = Math.round(255 * at(row, most));
    }
  });
  return { first, second, share };
}

function largest(row: ArrayLike<number>, but: number): number {
  let best = but === 0 ? 1 : 0;
  for (let j = 0; j < row.length; j++) {
    if (j !== but && at(row, j) > at(row, best)) {
      best = j;
    }
  }
  return best;
}
