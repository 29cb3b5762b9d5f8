// The Digits view: one new image beside its nearest real one.

import { ids, type Picture, sheet } from "../../contract.ts";
import { context, keep, type Unchanged } from "../../kernel/dash.ts";
import { bytes, type Packed } from "../../kernel/packed.ts";
import type { PlotEvent } from "../../kernel/plotly.ts";

// All new images of the sheet and the real ones nearest to them, as bytes.
interface Pairs {
  readonly side: number;
  readonly layout: Record<string, unknown>;
  readonly colorscale: unknown;
  readonly drawn: Packed;
  readonly real: Packed;
  readonly rows: readonly number[];
  readonly names: readonly string[] | null;
  readonly distance: readonly (string | number)[];
}

// The picture of one pair, and what is said of it.
export function pair(number: unknown, pairs: Pairs | null): (Picture | string | Unchanged)[] {
  if (!pairs || typeof number !== "number" || !(number >= 1 && number <= sheet.images)) {
    return [keep(), keep()];
  }
  const trace = {
    type: "heatmap",
    z: beside(number - 1, pairs),
    zmin: 0,
    zmax: 255,
    colorscale: pairs.colorscale,
    showscale: false,
    hoverinfo: "skip",
  };
  const figure = { data: [trace], layout: pairs.layout };
  const words = said(number, pairs);
  return [{ name: ids.DIGITS_PAIR, figure, frame: "pair", words }, words];
}

// The pixels of both images, row by row, with a gap between.
function beside(index: number, { side, drawn, real }: Pairs): (number | null)[][] {
  const [left, right] = [bytes(drawn), bytes(real)];
  return [...Array(side).keys()].map((row) => {
    const at = (index * side + row) * side;
    return [...left.slice(at, at + side), null, ...right.slice(at, at + side)];
  });
}

function said(number: number, { rows, names, distance }: Pairs): string {
  const what = names ? `, a ${names[number - 1]}` : "";
  return (
    `Left: new image ${number}. Right: the nearest of the real ones, image ` +
    `${rows[number - 1]?.toLocaleString("en")}${what}, ${distance[number - 1]} away.`
  );
}

// The tile under the mouse, or the one clicked.
export function point(
  clicked: PlotEvent | null,
  hovered: PlotEvent | null,
  pairs: Pairs | null,
): number | Unchanged {
  const isClick = context().triggered.some(({ prop_id }) => prop_id.endsWith("clickData"));
  const spot = (isClick ? clicked : hovered)?.points?.[0];
  if (!spot || !pairs) {
    return keep();
  }
  const step = pairs.side + 1;
  const at = (value: unknown) => Math.floor(Number(value) / step);
  return sheet.columns * at(spot.y) + at(spot.x) + 1;
}

// A click on the sweep's chart uses that number of components.
export const useSize = (clicked: PlotEvent | null): unknown => clicked?.points?.[0]?.x ?? keep();
