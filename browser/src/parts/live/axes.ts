// The axes of plots whose data change under a hand. They stay, so that wider groups look wider, and
// grow only where something would leave them; where nothing was drawn anew they go back.

import type { Plot, Range } from "../../kernel/plotly.ts";
import { axesOf, metaOf, plotOf, relayout } from "../../kernel/plotly.ts";
import { goHome } from "../plots/zoom.ts";

const ROOM = 0.15; // of what there is to see, beyond it: axes do not grow at every move

export interface Ranges {
  readonly x: Range;
  readonly y: Range;
}

const grown = new Map<string, string>(); // plot -> which of the page's own pictures is below

// Effect: the axes of these plots hold `ranges` where they may grow, unless a user has chosen what
// they show. What counts from zero up has the height of the picture: its caption says which curves
// go on above.
export async function follow(
  names: readonly string[],
  ranges: Ranges,
  grows: boolean,
): Promise<void> {
  await Promise.all(names.map((name) => followOne(name, ranges, grows)));
}

async function followOne(name: string, ranges: Ranges, mayGrow: boolean): Promise<void> {
  const plot = plotOf(name);
  const axes = axesOf(plot);
  if (!plot || !axes) {
    return;
  }
  const chosen = plot.closest(".zoomed") !== null;
  const held = (own: Range, needed: Range) => (mayGrow && !chosen ? holding(own, needed) : own);
  const x = held(axes.x.range, ranges.x);
  const y = countsUp(plot) ? ranges.y : held(axes.y.range, ranges.y);
  if (String([x, y]) !== String([axes.x.range, axes.y.range])) {
    grown.set(name, drawnIn(plot));
    await relayout(plot, { "xaxis.range": x, "yaxis.range": y });
  }
}

// The vertical axis over one column, which no zoom changes.
const countsUp = (plot: Plot): boolean => plot.layout.yaxis?.fixedrange === true;

// Effect: they are as the page's own pictures had them.
export function goBack(): void {
  const still = [...grown].find(([name, drawn]) => {
    const plot = plotOf(name);
    return plot && drawnIn(plot) === drawn;
  });
  if (still) {
    goHome(still[0]);
  }
  grown.clear();
}

const drawnIn = (plot: Plot): string => JSON.stringify(metaOf(plot)?.of);

// A range that holds what it must.
export function holding([low, high]: Range, [least, most]: Range): Range {
  const room = ROOM * (most - least);
  return [least < low ? least - room : low, most > high ? most + room : high];
}
