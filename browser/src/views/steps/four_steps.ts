// The four steps that both algorithms are, with the one that is shown marked.

import { make } from "../../kernel/page.ts";
import { atEnd, placeOf, type Timeline } from "./timeline.ts";

const STEPS = [
  "Choose K and a start",
  "Probabilities (E-step; k-means: assign)",
  "Parameters (M-step; k-means: move)",
  "Repeat until little changes",
] as const;
const REPEAT = STEPS[3];
const LAST = STEPS.length - 1;

export interface FourSteps {
  at(line: Timeline): void; // Effect: the step of that place is marked
}

// Effect: the steps stand in the box, after what is there.
export function fourSteps(box: HTMLElement): FourSteps {
  const items = STEPS.map((text) => make("li", {}, text));
  box.append(make("ol", { class: "four-steps", "aria-label": "The four steps" }, ...items));

  function at(line: Timeline): void {
    const current = stepAt(line);
    items.forEach((item, i) => {
      item.classList.toggle("current", i === current);
      item.setAttribute("aria-current", i === current ? "step" : "false");
    });
    const round = roundAt(line);
    items[LAST]?.replaceChildren(REPEAT, round > 1 ? ` (round ${round})` : "");
  }

  return { at };
}

// Counted from 0.
export function stepAt(line: Timeline): number {
  const h = placeOf(line) - line.lead;
  if (h <= 0) {
    return 0;
  }
  return atEnd(line) ? LAST : 2 - (h % 2);
}

export const roundAt = (line: Timeline): number => Math.ceil((placeOf(line) - line.lead) / 2);
