// The points as the fits see them, so that a half step can be computed here while a hand moves.

import { unpack } from "../../kernel/packed.ts";
import { at, type Fitted, type Run, type Spot } from "./run.ts";

export interface Cloud {
  readonly n: number;
  readonly d: number;
  readonly z: Float64Array; // (n, d), centred
  readonly mean: Float64Array; // (d,), what was taken off
}

const made = new WeakMap<Float32Array, { readonly fitted: Fitted; readonly cloud: Cloud }>();

// The points of a run; made once, as long as nobody moves one.
export function cloudOf({ n, points }: Run, fitted: Fitted): Cloud {
  const known = made.get(points);
  if (known?.fitted === fitted) {
    return known.cloud;
  }
  const { d } = fitted;
  const z = fitted.points
    ? Float64Array.from(unpack(fitted.points, Float32Array))
    : lifted(points, n, fitted);
  const cloud = { n, d, z, mean: Float64Array.from(fitted.mean) };
  made.set(points, { fitted, cloud });
  return cloud;
}

// Effect: these points are known to lie there.
export const know = (points: Float32Array, fitted: Fitted, cloud: Cloud): void =>
  void made.set(points, { fitted, cloud });

// Where `count` places of the plot lie in the fitted space, centred: (count, d).
export function lifted(
  places: ArrayLike<number>,
  count: number,
  { d, back }: Fitted,
): Float64Array {
  const out = new Float64Array(count * d);
  for (let i = 0; i < count; i++) {
    const [x, y] = [at(places, 2 * i), at(places, 2 * i + 1)];
    for (let c = 0; c < d; c++) {
      out[i * d + c] = at(back, 2 * c) * x + at(back, 2 * c + 1) * y;
    }
  }
  return out;
}

// Where a place `j` of (k, d) centred ones appears on the plot, less its origin.
export function flat({ d, forth }: Fitted, places: ArrayLike<number>, j: number): Spot {
  let [x, y] = [0, 0];
  for (let c = 0; c < d; c++) {
    const value = at(places, j * d + c);
    x += at(forth, c) * value;
    y += at(forth, d + c) * value;
  }
  return [x, y];
}

// How one of (k, d, d) covariances appears on the plot: xx, xy, yy.
export function flatCovariance(
  { d, forth }: Fitted,
  covariances: ArrayLike<number>,
  j: number,
): readonly [number, number, number] {
  const product = (p: 0 | 1, q: 0 | 1): number => {
    let sum = 0;
    for (let a = 0; a < d; a++) {
      for (let b = 0; b < d; b++) {
        sum += at(forth, p * d + a) * at(covariances, (j * d + a) * d + b) * at(forth, q * d + b);
      }
    }
    return sum;
  };
  return [product(0, 0), product(0, 1), product(1, 1)];
}
