// The card of the point under the mouse: where it is, and whose it is at this very step.

import { bar, pair, pointCard, spoken, title } from "../../parts/plots/point_card.ts";
import { asListed } from "./listed.ts";
import { momentOf } from "./moment.ts";
import { at, outward, type Run, type Side, spotOf } from "./run.ts";
import { within } from "./scene.ts";
import * as session from "./session.ts";
import { halfStepOf } from "./timeline.ts";
import { nearest } from "./view.ts";

const REACH = 9; // pixels
const card = pointCard("steps-card");

export const hide = card.hide;

// Effect: the card follows the mouse over one plot.
export function show(side: Side, mouse: MouseEvent): void {
  const now = session.now();
  const index = now && mouse.buttons === 0 ? under(now.run, side, mouse) : null;
  if (now && index !== null) {
    const h = halfStepOf(now.player.at(), side);
    const shown = session.previewOf(side) === null ? now.run : asListed(now.run, side);
    card.show(mouse, lines(shown, side, index, h));
  } else {
    card.hide();
  }
}

function under(run: Run, side: Side, mouse: MouseEvent): number | null {
  const view = session.viewOn(side);
  const place = within(side, mouse);
  const spot = (i: number) => spotOf(run.points, i);
  return view?.holds(...place) ? nearest(view, run.n, spot, place, REACH) : null;
}

function lines(run: Run, side: Side, index: number, h: number): HTMLElement[] {
  const [x, y] = outward(run, spotOf(run.points, index));
  return [
    title(`Point ${at(run.rows, index) + 1}`),
    pair(run.titles[0], spoken(x)),
    ...(run.line ? [] : [pair(run.titles[1], spoken(y))]),
    ...owners(run, side, index, h),
  ];
}

function owners(run: Run, side: Side, index: number, h: number): HTMLElement[] {
  const { dealt } = momentOf(side, Math.max(0, Math.min(h, run[side].last)));
  if (h < 0 || dealt < 0) {
    return [title("belongs to nobody yet")];
  }
  const of = (array: Uint8Array) => at(array, dealt * run.n + index);
  if (side === "kmeans") {
    return [title("Cluster"), share(run, of(run.kmeans.labels), 1)];
  }
  const first = of(run.gmm.share) / 255;
  const rest = run.k === 2 ? 1 - first : null; // of more, nobody said how much the second has
  return [
    title("Responsibilities"),
    share(run, of(run.gmm.first), first),
    ...(first < 1 ? [share(run, of(run.gmm.second), rest)] : []),
  ];
}

function share(run: Run, j: number, part: number | null): HTMLElement {
  const words = part === null ? "next" : `${Math.round(100 * part)} %`;
  return bar(j + 1, part ?? 0, run.colours[j] ?? "", words);
}
