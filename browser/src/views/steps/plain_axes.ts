// Axes without Plotly, for saved pages.

import type { Range } from "../../kernel/plotly.ts";
import type { Run } from "./run.ts";
import { type Ticks, ticks } from "./ticks.ts";
import { type Area, type View, viewOf } from "./view.ts";

const FONT = "system-ui, sans-serif";
const ROOM = { left: 52, top: 8, right: 12, bottom: 42 };
const DENSITIES = 78; // left of a density's axis, whose numbers are long
const TICKS = 6;

interface Plain {
  readonly view: View;
  readonly x: Range;
  readonly y: Range;
}

export function widened([low, high]: Range, by: number): Range {
  const middle = (low + high) / 2;
  return [middle - ((high - low) / 2) * by, middle + ((high - low) / 2) * by];
}

// The ranges that fill an area at the proportions the axes ask for; none gets smaller.
export function fitted(ranges: Run["ranges"], ratio: number | null, area: Area): [Range, Range] {
  const [x, y] = ranges;
  if (!ratio) {
    return [x, y];
  }
  const ax = area.width / (x[1] - x[0]);
  const ay = area.height / (y[1] - y[0]) / ratio;
  return [ax > ay ? widened(x, ax / ay) : x, ay > ax ? widened(y, ay / ax) : y];
}

export function plainView(run: Run, width: number, height: number): Plain {
  const left = run.line ? DENSITIES : ROOM.left;
  const area = {
    left,
    top: ROOM.top,
    width: width - left - ROOM.right,
    height: height - ROOM.top - ROOM.bottom,
  };
  const [x, y] = fitted(run.ranges, run.ratio, area);
  return { view: viewOf(run, area, x, y, FONT), x, y };
}

// Ticks that the server wrote, in original values: an axis of logarithms has them.
function ticksOf(run: Run, axis: 0 | 1, [low, high]: Range): Ticks {
  const given = run.ticks[axis];
  if (!given) {
    return ticks(low, high, TICKS);
  }
  const texts = new Map(given);
  return { values: [...texts.keys()], text: (v) => texts.get(v) ?? "" };
}

export function drawAxes(ctx: CanvasRenderingContext2D, run: Run, { view, x, y }: Plain): void {
  const [right, bottom] = [view.left + view.width, view.top + view.height];
  const [along, up] = [ticksOf(run, 0, x), ticksOf(run, 1, y)];
  ctx.strokeStyle = run.look.grid;
  ctx.fillStyle = run.look.muted;
  ctx.lineWidth = 1;
  ctx.font = `11px ${FONT}`;
  ctx.beginPath();
  ctx.textAlign = "center";
  ctx.textBaseline = "top";
  for (const v of along.values) {
    const px = view.px(v - run.origin[0]);
    ctx.moveTo(px, view.top);
    ctx.lineTo(px, bottom);
    ctx.fillText(along.text(v), px, bottom + 6);
  }
  ctx.textAlign = "right";
  ctx.textBaseline = "middle";
  for (const v of up.values) {
    const py = view.py(v - run.origin[1]);
    ctx.moveTo(view.left, py);
    ctx.lineTo(right, py);
    ctx.fillText(up.text(v), view.left - 6, py);
  }
  ctx.stroke();
  drawTitles(ctx, run, view);
}

function drawTitles(ctx: CanvasRenderingContext2D, { titles }: Run, view: View): void {
  ctx.textAlign = "center";
  ctx.fillText(titles[0], view.left + view.width / 2, view.top + view.height + 32);
  ctx.save();
  ctx.translate(10, view.top + view.height / 2);
  ctx.rotate(-Math.PI / 2);
  ctx.fillText(titles[1], 0, 0);
  ctx.restore();
}
