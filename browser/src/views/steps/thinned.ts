// Of very many points, so many as a hand need not wait for: at even distances in the data, so that
// groups that follow each other keep their shares. The engine's answer afterwards is of all.

import { live } from "../../contract.ts";
import { cloudOf, know } from "./cloud.ts";
import { isKnown } from "./em.ts";
import { at, type Run, spotOf } from "./run.ts";

const made = new WeakMap<Float32Array, Run>();

// The run with fewer points, or the run itself; made once. What is assigned to the points is left
// out, as the hand's own start assigns them anew.
export function thinned(run: Run): Run {
  const most = live.mostPoints;
  if (!run.fitted || !isMany(run)) {
    return run;
  }
  const known = made.get(run.points);
  if (known?.fitted === run.fitted) {
    return known;
  }
  const kept = Array.from({ length: most }, (_, i) => Math.floor(((i + 0.5) * run.n) / most));
  const points = Float32Array.from(kept.flatMap((i) => [...spotOf(run.points, i)]));
  const { d, z, mean } = cloudOf(run, run.fitted);
  const few = Float64Array.from(kept.flatMap((i) => [...z.subarray(i * d, (i + 1) * d)]));
  know(points, run.fitted, { n: most, d, z: few, mean });
  const rows = Int32Array.from(kept, (i) => at(run.rows, i));
  const found = { ...run, n: most, points, rows, seeding: null };
  made.set(run.points, found);
  return found;
}

// Whether there are more, and the start's first round is known for them.
const isMany = ({ n, fitted }: Run): boolean =>
  n > live.mostPoints && fitted != null && isKnown(fitted.covariance_type);

// What is said of it; nothing where all points are drawn.
export const said = (run: Run): string | null =>
  isMany(run)
    ? `While you drag, ${live.mostPoints.toLocaleString("en")} of the ${run.n.toLocaleString("en")} points are drawn and counted.`
    : null;
