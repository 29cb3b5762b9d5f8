// Squared Mahalanobis distances and determinants, by the lower triangle L of a covariance L L'.

import { at } from "./run.ts";

export interface Root {
  readonly lower: Float64Array; // (d, d)
  readonly logDet: number; // of the covariance
}

// Nothing where the (d, d) matrix is not positive definite.
export function cholesky(matrix: ArrayLike<number>, d: number): Root | null {
  const lower = new Float64Array(d * d);
  let logDet = 0;
  for (let a = 0; a < d; a++) {
    for (let b = 0; b < a; b++) {
      lower[a * d + b] = rest(matrix, lower, d, a, b) / at(lower, b * d + b);
    }
    const pivot = rest(matrix, lower, d, a, a);
    if (!(pivot > 0)) {
      return null;
    }
    lower[a * d + a] = Math.sqrt(pivot);
    logDet += Math.log(pivot);
  }
  return { lower, logDet };
}

// What of one entry the columns before have not told.
function rest(matrix: ArrayLike<number>, lower: Float64Array, d: number, a: number, b: number) {
  let left = at(matrix, a * d + b);
  for (let c = 0; c < b; c++) {
    left -= at(lower, a * d + c) * at(lower, b * d + c);
  }
  return left;
}

// The squared length of L^-1 v. Effect: `v` is overwritten.
export function norm({ lower }: Root, v: Float64Array): number {
  const d = v.length;
  let sum = 0;
  for (let a = 0; a < d; a++) {
    let left = at(v, a);
    for (let c = 0; c < a; c++) {
      left -= at(lower, a * d + c) * at(v, c);
    }
    const solved = left / at(lower, a * d + a);
    v[a] = solved;
    sum += solved * solved;
  }
  return sum;
}
