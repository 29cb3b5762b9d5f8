// The half steps of k-means, as gmm_dash/engine/plain.py has them.

import type { Cloud } from "./cloud.ts";
import { at } from "./run.ts";

// (n,): the nearest of (k, d) centred centres; the first of equals.
export function assign({ n, d, z }: Cloud, centers: ArrayLike<number>): Uint8Array {
  const k = centers.length / d;
  const labels = new Uint8Array(n);
  for (let i = 0; i < n; i++) {
    let least = Number.POSITIVE_INFINITY;
    for (let j = 0; j < k; j++) {
      const away = squared(z, i, centers, j, d);
      if (away < least) {
        least = away;
        labels[i] = j;
      }
    }
  }
  return labels;
}

// (k, d): the means of each centre's points; a centre without points stays.
export function move(
  { n, d, z }: Cloud,
  labels: Uint8Array,
  centers: ArrayLike<number>,
): Float64Array {
  const k = centers.length / d;
  const [out, counts] = [new Float64Array(k * d), new Float64Array(k)];
  for (let i = 0; i < n; i++) {
    const j = at(labels, i);
    counts[j] = at(counts, j) + 1;
    for (let c = 0; c < d; c++) {
      out[j * d + c] = at(out, j * d + c) + at(z, i * d + c);
    }
  }
  return out.map((sum, p) => {
    const count = at(counts, Math.floor(p / d));
    return count ? sum / count : at(centers, p);
  });
}

// The sum of squared distances of the points to their centres.
export function inertia(
  { n, d, z }: Cloud,
  labels: Uint8Array,
  centers: ArrayLike<number>,
): number {
  let total = 0;
  for (let i = 0; i < n; i++) {
    total += squared(z, i, centers, at(labels, i), d);
  }
  return total;
}

function squared(
  z: ArrayLike<number>,
  i: number,
  centers: ArrayLike<number>,
  j: number,
  d: number,
): number {
  let sum = 0;
  for (let c = 0; c < d; c++) {
    const away = at(z, i * d + c) - at(centers, j * d + c);
    sum += away * away;
  }
  return sum;
}
