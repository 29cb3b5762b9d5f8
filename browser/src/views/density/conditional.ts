// What a mixture in the plane of a plot expects of the vertical axis at one place of the horizontal
// one: engine/conditional.py once more, for the slice under a pointer. tests/engine compares both.

export interface Plane {
  readonly weights: readonly number[];
  readonly means: readonly (readonly [x: number, y: number])[];
  readonly covariances: readonly (readonly [xx: number, xy: number, yy: number])[];
}

export interface Conditional {
  readonly weights: readonly number[];
  readonly means: readonly number[];
  readonly variances: readonly number[];
  readonly mean: number;
  readonly deviation: number;
}

const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0);

export function condition({ weights, means, covariances }: Plane, x: number): Conditional {
  const parts = means.map(([across, up], j) => {
    const [xx, xy, yy] = covariances[j] ?? [1, 0, 1];
    const away = x - across;
    return {
      joint: Math.log(weights[j] ?? 0) - 0.5 * (Math.log(xx) + away ** 2 / xx),
      mean: up + (away * xy) / xx,
      variance: Math.max(yy - xy ** 2 / xx, Number.EPSILON * yy),
    };
  });
  const top = Math.max(...parts.map(({ joint }) => joint));
  const odds = parts.map(({ joint }) => Math.exp(joint - top));
  const all = sum(odds);
  const shares = odds.map((one) => one / all);
  const mean = sum(parts.map((part, j) => (shares[j] ?? 0) * part.mean));
  const spread = parts.map(
    (part, j) => (shares[j] ?? 0) * (part.variance + (part.mean - mean) ** 2),
  );
  return {
    weights: shares,
    means: parts.map((part) => part.mean),
    variances: parts.map((part) => part.variance),
    mean,
    deviation: Math.sqrt(sum(spread)),
  };
}

// The density of the vertical axis at a value.
export const density = ({ weights, means, variances }: Conditional, y: number): number =>
  sum(
    weights.map((share, j) => {
      const variance = variances[j] ?? 1;
      const away = y - (means[j] ?? 0);
      return (share * Math.exp((-0.5 * away ** 2) / variance)) / Math.sqrt(2 * Math.PI * variance);
    }),
  );
