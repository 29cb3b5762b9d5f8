// The tools of a plot are one stop of the keyboard. Plotly makes them anew where they change, all of
// them stops.

import { onBuilt, type Plot } from "../../kernel/plotly.ts";
import { lead, tidy } from "../one_stop.ts";

const toolsIn = (bar: ParentNode): HTMLElement[] =>
  [...bar.querySelectorAll<HTMLElement>(".modebar-btn")].filter((tool) => tool.offsetParent);

function turn(event: KeyboardEvent): void {
  const tool =
    event.target instanceof Element ? event.target.closest<HTMLElement>(".modebar-btn") : null;
  const bar = tool?.closest(".modebar");
  if (tool && bar) {
    lead(event, toolsIn(bar), tool);
  }
}

export function listen(): void {
  document.addEventListener("keydown", turn);
  onBuilt((plot: Plot) => {
    tidy(toolsIn(plot));
    plot.on?.("plotly_afterplot", () => tidy(toolsIn(plot)));
  });
}
