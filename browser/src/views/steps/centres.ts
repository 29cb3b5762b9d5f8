// Centres with their numbers, and the way they came.

import { channels, faded } from "./colour.ts";
import { centreAt, type Moment } from "./moment.ts";
import { type Run, type Side, type Spot, spotOf } from "./run.ts";
import { LETTER, type View } from "./view.ts";

const TURN = 2 * Math.PI;

interface Mark {
  readonly spot: Spot;
  readonly colour: string;
  readonly ringed: boolean;
}

export function drawCentres(
  ctx: CanvasRenderingContext2D,
  run: Run,
  view: View,
  place: (j: number) => Spot,
): void {
  const marks = run.colours.map((colour, j) => ({ spot: place(j), colour, ringed: false }));
  drawMarks(ctx, run, view, marks);
}

// While a start is chosen its centres go by the order of choosing, and have no colours yet.
export function drawChosen(
  ctx: CanvasRenderingContext2D,
  run: Run,
  view: View,
  count: number,
  ringed = -1,
): void {
  const marks = Array.from({ length: count }, (_, j) => ({
    spot: spotOf(run.start, j),
    colour: run.look.muted,
    ringed: j === ringed,
  }));
  drawMarks(ctx, run, view, marks);
}

function drawMarks(
  ctx: CanvasRenderingContext2D,
  { look }: Run,
  view: View,
  marks: readonly Mark[],
): void {
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.font = `700 ${view.letter}px ${view.font}`;
  const larger = view.letter / LETTER;
  marks.forEach(({ spot, colour, ringed }, j) => {
    const [px, py] = [view.px(spot[0]), view.py(spot[1])];
    if (ringed) {
      ctx.beginPath();
      ctx.arc(px, py, 16 * larger, 0, TURN);
      ctx.strokeStyle = look.ink;
      ctx.lineWidth = 2;
      ctx.stroke();
    }
    ctx.beginPath();
    ctx.arc(px, py, 9.5 * larger, 0, TURN);
    ctx.fillStyle = look.paper;
    ctx.fill();
    ctx.strokeStyle = colour;
    ctx.lineWidth = 2.4;
    ctx.stroke();
    ctx.fillStyle = look.ink;
    ctx.fillText(String(j + 1), px, py + 0.5);
  });
}

export function drawTrails(
  ctx: CanvasRenderingContext2D,
  run: Run,
  view: View,
  side: Side,
  moment: Moment,
  t: number,
): void {
  ctx.setLineDash([2, 3]);
  ctx.lineWidth = 1.6;
  ctx.strokeStyle = faded(channels(run.look.ink), 0.75);
  const to = ([x, y]: Spot) => ctx.lineTo(view.px(x), view.py(y));
  for (let j = 0; j < run.k; j++) {
    ctx.beginPath();
    for (let f = side === "kmeans" ? 0 : -1; f < moment.frame; f++) {
      to(centreAt(run, side, f, f, 1, j));
    }
    to(centreAt(run, side, moment.frame, moment.frameBefore, t, j));
    ctx.stroke();
  }
  ctx.setLineDash([]);
}
