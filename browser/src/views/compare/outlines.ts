// What was drawn around points, from Plotly's selections to corners that the server can test.

export type Corner = readonly [x: number, y: number];

// As Plotly keeps it in the layout of a plot.
export interface Selection {
  readonly type?: string;
  readonly path?: string;
  readonly x0?: number;
  readonly x1?: number;
  readonly y0?: number;
  readonly y1?: number;
}

export const MOST_OUTLINES = 20; // what the server takes
const MOST_CORNERS = 300;

// The newest selections as polygons; what has no area is left out.
export const outlinesOf = (selections: readonly Selection[]): Corner[][] =>
  selections
    .map(cornersOf)
    .filter((corners) => corners.length > 2)
    .slice(-MOST_OUTLINES);

function cornersOf({ type, path, x0, x1, y0, y1 }: Selection): Corner[] {
  if (type === "path") {
    return thinned(pathOf(path ?? ""));
  }
  const [left, right, low, high] = [x0, x1, y0, y1].map(Number) as [number, number, number, number];
  const whole = [left, right, low, high].every(Number.isFinite);
  return whole
    ? [
        [left, low],
        [right, low],
        [right, high],
        [left, high],
      ]
    : [];
}

// "M1,2L3,4L5,6Z": one polygon.
const pathOf = (path: string): Corner[] =>
  path
    .split(/[MLZ]/)
    .filter(Boolean)
    .map((pair) => pair.split(",").map(Number) as [number, number])
    .filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y));

// Of a long line every so many corners.
function thinned(corners: Corner[]): Corner[] {
  const step = Math.ceil(corners.length / MOST_CORNERS);
  return step > 1 ? corners.filter((_, i) => i % step === 0) : corners;
}
