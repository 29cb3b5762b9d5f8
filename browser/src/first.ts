// What is seen first: draws the axes of the plots that came with the page, and takes all of it away
// when the page's own plots are there. It stands right behind them.

import { drawAxes } from "./views/first/axes.ts";
import { leaveInTime } from "./views/first/overlay.ts";

const first = document.currentScript?.previousElementSibling;
if (first instanceof HTMLElement) {
  const letters = Number.parseFloat(getComputedStyle(first).getPropertyValue("--plot-text"));
  for (const plot of first.querySelectorAll<HTMLElement>(".first-plot")) {
    drawAxes(plot, letters);
  }
  leaveInTime(first);
}
