// A figure for a plot that Dash has drawn before, given to Plotly past Dash: as a property it would be
// three rounds through the whole page. What a plot shows already is not drawn again, which takes
// Plotly a tenth of a second; the k-means panel is the same for every covariance type.

import { ids } from "../../contract.ts";
import { heldBy } from "../../kernel/dash.ts";
import { axesOf, type Figure, type Plot, react, retell } from "../../kernel/plotly.ts";

interface Given {
  readonly picture: string;
  readonly axes: string; // where they were when it had been drawn
}

const given = new WeakMap<Plot, Given>();
const DIGITS = 6; // of a range; the server's last bits differ where a sum is taken in another order

// Effect: the plot shows this figure, and says of itself what the figure does.
export async function redraw(plot: Plot, figure: Figure): Promise<void> {
  const picture = pictureOf(figure);
  const before = given.get(plot);
  if (before?.picture === picture && before.axes === rangesOf(plot)) {
    retell(plot, figure.layout.meta);
    hand(figure, plot);
    return;
  }
  given.delete(plot); // until it is drawn
  hand(figure, figure);
  await react(plot, figure);
  given.set(plot, { picture, axes: rangesOf(plot) });
}

// Effect: Dash holds what the plot shows. After a zoom it draws its own figure at the new ranges,
// where the plot's axes are not those it holds: the first figure of all, under the words of the last.
function hand({ layout: { meta } }: Figure, { data, layout }: Pick<Figure, "data" | "layout">) {
  const held = heldBy(ids.graph(String(meta?.name)), "figure");
  if (held) {
    Object.assign(held, { data, layout });
  }
}

// All of a figure that can be seen.
export const pictureOf = ({ data, layout }: Figure): string =>
  JSON.stringify({ data, layout: { ...layout, meta: null } }, (key, value: unknown) =>
    key === "range" && Array.isArray(value) ? value.map(rounded) : value,
  );

const rounded = (bound: unknown): unknown =>
  typeof bound === "number" ? Number(bound.toPrecision(DIGITS)) : bound;

function rangesOf(plot: Plot): string {
  const axes = axesOf(plot);
  return JSON.stringify([axes?.x.range, axes?.y.range]);
}
