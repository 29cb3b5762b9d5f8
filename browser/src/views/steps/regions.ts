// k-means' regions: the plot cut by the lines halfway between its centres.

import { faded, mix } from "./colour.ts";
import { at, type Run, type Spot, spotOf } from "./run.ts";
import type { View } from "./view.ts";

type Metric = NonNullable<Run["metric"]>;

// What of a polygon is nearest to centre `own`, in the distance of the fitted space.
export function cell(
  corners: readonly Spot[],
  centers: ArrayLike<number>,
  own: number,
  [xx, xy, yy]: Metric,
): readonly Spot[] {
  const dot = ([ax, ay]: Spot, [bx, by]: Spot) =>
    ax * (xx * bx + xy * by) + ay * (xy * bx + yy * by);
  const [x, y] = spotOf(centers, own);
  let left = corners;
  for (let j = 0; j < centers.length / 2 && left.length; j++) {
    const away: Spot = [at(centers, 2 * j) - x, at(centers, 2 * j + 1) - y];
    if (j !== own && (away[0] !== 0 || away[1] !== 0)) {
      const middle = dot(away, [x + away[0] / 2, y + away[1] / 2]);
      left = clip(left, (spot) => dot(away, spot) - middle);
    }
  }
  return left;
}

// What of a polygon is not outside: where the function is at most zero.
export function clip(corners: readonly Spot[], outside: (spot: Spot) => number): Spot[] {
  return corners.flatMap((p, i) => {
    const q = corners[(i + 1) % corners.length] ?? p;
    const [a, b] = [outside(p), outside(q)];
    const kept: Spot[] = a <= 0 ? [p] : [];
    if ((a < 0 && b > 0) || (a > 0 && b < 0)) {
      const share = a / (a - b);
      kept.push([mix(p[0], q[0], share), mix(p[1], q[1], share)]);
    }
    return kept;
  });
}

export function drawRegions(
  ctx: CanvasRenderingContext2D,
  run: Run,
  view: View,
  frame: number,
  strength: number,
): void {
  const { metric, k } = run;
  if (!metric || strength <= 0) {
    return;
  }
  const centers = run.kmeans.centers.subarray(frame * k * 2, (frame + 1) * k * 2);
  ctx.strokeStyle = faded(run.grey, 0.35 * strength);
  ctx.lineWidth = 1;
  for (let j = 0; j < k; j++) {
    const corners = cell(view.corners(), centers, j, metric);
    if (corners.length >= 3) {
      ctx.beginPath();
      for (const [x, y] of corners) {
        ctx.lineTo(view.px(x), view.py(y));
      }
      ctx.closePath();
      ctx.fillStyle = faded(run.rgb[j] ?? run.grey, 0.16 * strength);
      ctx.fill();
      ctx.stroke();
    }
  }
}
