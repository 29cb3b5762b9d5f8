// The tools of a plot are one stop of the keyboard; arrows lead from one to the next, as in any
// toolbar. Plotly makes them anew where they change, all of them stops.

import { onBuilt, type Plot } from "../../kernel/plotly.ts";

const KEYS: Readonly<Record<string, (at: number, all: number) => number>> = {
  ArrowRight: (at, all) => (at + 1) % all,
  ArrowLeft: (at, all) => (at + all - 1) % all,
  Home: () => 0,
  End: (_, all) => all - 1,
};

const toolsIn = (bar: ParentNode): HTMLElement[] =>
  [...bar.querySelectorAll<HTMLElement>(".modebar-btn")].filter((tool) => tool.offsetParent);

function stopAt(tools: readonly HTMLElement[], stop: HTMLElement | undefined): void {
  for (const tool of tools) {
    tool.tabIndex = tool === stop ? 0 : -1;
  }
}

// Effect: one of them is a stop: that which was, if it is there.
function tidy(plot: Plot): void {
  const tools = toolsIn(plot);
  const before = tools.find((tool) => tool.getAttribute("tabindex") === "0");
  stopAt(tools, before ?? tools[0]);
}

function turn(event: KeyboardEvent): void {
  const tool = event.target instanceof Element ? event.target.closest(".modebar-btn") : null;
  const bar = tool?.closest(".modebar");
  const next = KEYS[event.key];
  if (bar && next && !event.ctrlKey && !event.metaKey && !event.altKey) {
    const tools = toolsIn(bar);
    const found = tools[next(tools.indexOf(tool as HTMLElement), tools.length)];
    stopAt(tools, found);
    found?.focus();
    event.preventDefault();
  }
}

export function listen(): void {
  document.addEventListener("keydown", turn);
  onBuilt((plot) => {
    tidy(plot);
    plot.on?.("plotly_afterplot", () => tidy(plot));
  });
}
