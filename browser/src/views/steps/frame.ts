// One frame of one side of the player: a function of the run, a moment in it, and the map from
// plot to pixels. It knows neither Dash nor Plotly, so saved pages draw with it too.

import { drawCentres, drawChosen, drawTrails } from "./centres.ts";
import { ease } from "./colour.ts";
import { type DotOptions, drawDots, drawOdds } from "./dots.ts";
import { drawEllipses, hasShapes } from "./ellipses.ts";
import { asListed } from "./listed.ts";
import { centreAt, type Moment, momentOf, PREVIEWED } from "./moment.ts";
import { drawBars, drawCurves, drawCuts } from "./one_column.ts";
import { drawRegions } from "./regions.ts";
import { type Run, type Side, spotOf } from "./run.ts";
import type { View } from "./view.ts";

export interface Overlays extends DotOptions {
  readonly ellipses: boolean;
  readonly centers: boolean;
}

export interface FrameOptions extends Overlays {
  readonly preview?: boolean; // of the start: what it leads to at once
}

// Draws one side at place `p` of the time line, `t` of the way into that half step.
export function drawSide(
  ctx: CanvasRenderingContext2D,
  run: Run,
  view: View,
  side: Side,
  p: number,
  t: number,
  options: FrameOptions,
): void {
  ctx.save();
  ctx.beginPath();
  ctx.rect(view.left, view.top, view.width, view.height);
  ctx.clip();
  if (run.line) {
    drawBars(ctx, run, view);
  }
  if (options.preview && p === run.lead) {
    drawPreview(ctx, run, view, side, options);
  } else if (p < run.lead) {
    drawOdds(ctx, run, view, p);
    drawChosen(ctx, run, view, p + 1, p);
  } else {
    drawHalfStep(ctx, run, view, side, Math.min(p - run.lead, run[side].last), ease(t), options);
  }
  ctx.restore();
}

function drawHalfStep(
  ctx: CanvasRenderingContext2D,
  run: Run,
  view: View,
  side: Side,
  h: number,
  t: number,
  options: FrameOptions,
): void {
  const moment = momentOf(side, h);
  const { frame, frameBefore } = moment;
  if (side === "kmeans") {
    drawBorders(ctx, run, view, moment, t);
  } else if (hasShapes(run, frame)) {
    drawShapes(ctx, run, view, frame, frameBefore, t, options);
  }
  drawDots(ctx, run, view, side, moment, t, options);
  drawTrails(ctx, run, view, side, moment, t);
  if (options.centers) {
    drawCentres(ctx, run, view, (j) => centreAt(run, side, frame, frameBefore, t, j));
  }
}

// The start, and what it leads to at once, in the numbers of its own list: k-means' first regions;
// the first ellipses, how far their middles are from the centres, and the shares that follow.
function drawPreview(
  ctx: CanvasRenderingContext2D,
  run: Run,
  view: View,
  side: Side,
  options: FrameOptions,
): void {
  const moment = PREVIEWED[side];
  const listed = asListed(run, side);
  if (run[side].last >= moment.half) {
    if (side === "kmeans") {
      drawBorders(ctx, listed, view, moment, 1);
    } else {
      drawShapes(ctx, listed, view, 0, 0, 1, options);
    }
    drawDots(ctx, listed, view, side, moment, 1, options);
    if (side === "gmm") {
      drawTrails(ctx, run, view, side, moment, 1);
    }
  } else {
    drawDots(ctx, listed, view, side, momentOf(side, 0), 1, options);
  }
  if (options.centers) {
    drawCentres(ctx, run, view, (j) => spotOf(run.start, j));
  }
}

// The components, between two frames.
function drawShapes(
  ctx: CanvasRenderingContext2D,
  run: Run,
  view: View,
  frame: number,
  before: number,
  t: number,
  { ellipses }: FrameOptions,
): void {
  if (run.line) {
    drawCurves(ctx, run, view, frame, before, t, ellipses);
  } else if (ellipses) {
    drawEllipses(ctx, run, view, frame, before, t);
  }
}

// The regions of the last assignment; while points are assigned they fade into one another.
function drawBorders(
  ctx: CanvasRenderingContext2D,
  run: Run,
  view: View,
  { odd, dealt, dealtBefore }: Moment,
  t: number,
): void {
  const turning = odd && t < 1;
  const draw = run.line ? drawCuts : drawRegions;
  if (turning && dealtBefore >= 0) {
    draw(ctx, run, view, dealtBefore, 1 - t);
  }
  if (dealt >= 0) {
    draw(ctx, run, view, dealt, turning ? t : 1);
  }
}
