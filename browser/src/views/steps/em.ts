// The half steps of EM, as gmm_dash/engine/plain.py has them; a test holds one against the other.

import { cholesky, norm } from "./cholesky.ts";
import type { Cloud } from "./cloud.ts";
import { at } from "./run.ts";

export interface Mixture {
  readonly weights: Float64Array; // (k,)
  readonly means: Float64Array; // (k, d), centred as the cloud is
  readonly covariances: Float64Array; // (k, d, d)
}

export interface Expected {
  readonly responsibilities: Float64Array; // (n, k)
  readonly logLikelihood: number; // mean per point, in nats
}

const LOG_TWO_PI = Math.log(2 * Math.PI);
const COUNT_FLOOR = 10 * Number.EPSILON; // what scikit-learn adds to every count

// Holds (k, d, d) covariances, in place, to a shape; `weights` is (k,).
type Shape = (own: Float64Array, weights: Float64Array, d: number) => void;

const SHAPES: Readonly<Record<string, Shape>> = {
  full: () => undefined,
  tied: pool,
  diag: upright,
  spherical: round,
};

export const isKnown = (covarianceType: string): boolean => covarianceType in SHAPES;

// Responsibilities, and how likely the points are; nothing where a covariance is singular.
export function eStep(
  { n, d, z }: Cloud,
  { weights, means, covariances }: Mixture,
): Expected | null {
  const k = weights.length;
  const responsibilities = new Float64Array(n * k);
  const away = new Float64Array(d);
  for (let j = 0; j < k; j++) {
    const root = cholesky(covariances.subarray(j * d * d, (j + 1) * d * d), d);
    if (!root) {
      return null;
    }
    const constant = Math.log(at(weights, j)) - 0.5 * (d * LOG_TWO_PI + root.logDet);
    for (let i = 0; i < n; i++) {
      for (let c = 0; c < d; c++) {
        away[c] = at(z, i * d + c) - at(means, j * d + c);
      }
      responsibilities[i * k + j] = constant - 0.5 * norm(root, away);
    }
  }
  return { responsibilities, logLikelihood: normalise(responsibilities, n, k) };
}

// Effect: logarithms of joint densities become shares. Returns the mean of log p(x).
function normalise(joint: Float64Array, n: number, k: number): number {
  let total = 0;
  for (let i = 0; i < n; i++) {
    const row = joint.subarray(i * k, (i + 1) * k);
    let most = Number.NEGATIVE_INFINITY;
    for (const value of row) {
      most = Math.max(most, value);
    }
    let sum = 0;
    for (const value of row) {
      sum += Math.exp(value - most);
    }
    const log = most + Math.log(sum);
    total += log;
    for (let j = 0; j < k; j++) {
      row[j] = Math.exp(at(row, j) - log);
    }
  }
  return total / n;
}

// The parameters that fit (n, k) responsibilities best.
export function mStep(
  { n, d, z, mean }: Cloud,
  responsibilities: Float64Array,
  covarianceType: string,
  regCovar: number,
): Mixture {
  const k = responsibilities.length / n;
  const counts = new Float64Array(k).fill(COUNT_FLOOR);
  const means = new Float64Array(k * d);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < k; j++) {
      const share = at(responsibilities, i * k + j);
      counts[j] = at(counts, j) + share;
      for (let c = 0; share && c < d; c++) {
        means[j * d + c] = at(means, j * d + c) + share * at(z, i * d + c);
      }
    }
  }
  for (let p = 0; p < k * d; p++) {
    // The floor pulls towards the origin of the data's own axes: there an empty component falls.
    means[p] = (at(means, p) - COUNT_FLOOR * at(mean, p % d)) / at(counts, Math.floor(p / d));
  }
  const covariances = scatter(z, n, d, responsibilities, means, counts);
  const all = counts.reduce((sum, one) => sum + one, 0);
  const weights = counts.map((one) => one / all);
  SHAPES[covarianceType]?.(covariances, weights, d);
  for (let p = 0; p < k * d; p++) {
    const place = p * d + (p % d);
    covariances[place] = at(covariances, place) + regCovar;
  }
  return { weights, means, covariances };
}

// (k, d, d): the mean outer products of deviations.
function scatter(
  z: Float64Array,
  n: number,
  d: number,
  responsibilities: Float64Array,
  means: Float64Array,
  counts: Float64Array,
): Float64Array {
  const k = counts.length;
  const out = new Float64Array(k * d * d);
  const away = new Float64Array(d);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < k; j++) {
      const share = at(responsibilities, i * k + j);
      if (share) {
        for (let c = 0; c < d; c++) {
          away[c] = at(z, i * d + c) - at(means, j * d + c);
        }
        addProducts(out, j * d * d, away, share);
      }
    }
  }
  return out.map((sum, p) => sum / at(counts, Math.floor(p / (d * d))));
}

function addProducts(out: Float64Array, first: number, away: Float64Array, share: number): void {
  const d = away.length;
  for (let a = 0; a < d; a++) {
    for (let b = 0; b < d; b++) {
      const place = first + a * d + b;
      out[place] = at(out, place) + share * at(away, a) * at(away, b);
    }
  }
}

// One ellipse for all: the average, weighted by size.
function pool(own: Float64Array, weights: Float64Array, d: number): void {
  const size = d * d;
  for (let q = 0; q < size; q++) {
    let sum = 0;
    weights.forEach((weight, j) => {
      sum += weight * at(own, j * size + q);
    });
    weights.forEach((_, j) => {
      own[j * size + q] = sum;
    });
  }
}

// Upright ellipses: what stands on the diagonals.
function upright(own: Float64Array, weights: Float64Array, d: number): void {
  for (let p = 0; p < weights.length * d * d; p++) {
    const within = p % (d * d);
    if (Math.floor(within / d) !== within % d) {
      own[p] = 0;
    }
  }
}

// Circles: the mean of each diagonal, in every direction.
function round(own: Float64Array, weights: Float64Array, d: number): void {
  upright(own, weights, d);
  weights.forEach((_, j) => {
    const places = Array.from({ length: d }, (_row, c) => j * d * d + c * d + c);
    const mean = places.reduce((sum, place) => sum + at(own, place), 0) / d;
    for (const place of places) {
      own[place] = mean;
    }
  });
}
