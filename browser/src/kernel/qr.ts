// A link as a picture for telephones; the server makes its rows, as it has the library.

import { draw } from "./svg.ts";

const MARGIN = 4; // modules that telephones want around it

export function qrPicture(rows: readonly string[], label: string): SVGSVGElement {
  const size = rows.length + 2 * MARGIN;
  const dark = rows.flatMap((row, y) =>
    [...row].flatMap((bit, x) => (bit === "1" ? [`M${x + MARGIN} ${y + MARGIN}h1v1h-1z`] : [])),
  );
  return draw(
    "svg",
    { viewBox: `0 0 ${size} ${size}`, class: "qr", role: "img", "aria-label": label },
    draw("rect", { width: size, height: size, fill: "#fff" }),
    draw("path", { d: dark.join(""), fill: "#000", "shape-rendering": "crispEdges" }),
  );
}
