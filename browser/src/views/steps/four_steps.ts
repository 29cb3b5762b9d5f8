// The four steps that both algorithms are, with the one that is shown marked.

import { make } from "../../kernel/page.ts";
import { atEnd, type Drive, placeOf, type Timeline } from "./timeline.ts";

// As what moves calls them: k-means alone has neither probabilities nor parameters.
export const STEPS: Readonly<Record<Drive, readonly string[]>> = {
  both: [
    "Choose K and a start",
    "Probabilities (E-step; k-means: assign)",
    "Parameters (M-step; k-means: move)",
    "Repeat until little changes",
  ],
  kmeans: [
    "Choose K and a start",
    "Assign every point",
    "Move every centre",
    "Repeat until nothing changes",
  ],
  gmm: [
    "Choose K and a start",
    "Probabilities (E-step)",
    "Parameters (M-step)",
    "Repeat until little changes",
  ],
};
const LAST = 3;

export interface FourSteps {
  at(line: Timeline): void; // Effect: the step of that place is marked
}

// Effect: the steps stand in the box, after what is there.
export function fourSteps(box: HTMLElement): FourSteps {
  const items = STEPS.both.map((text) => make("li", {}, text));
  box.append(make("ol", { class: "four-steps", "aria-label": "The four steps" }, ...items));

  function at(line: Timeline): void {
    const current = stepAt(line);
    // The last half step deals points out for the end and begins no round.
    const round = atEnd(line) ? 0 : roundAt(line);
    items.forEach((item, i) => {
      item.classList.toggle("current", i === current);
      item.setAttribute("aria-current", i === current ? "step" : "false");
      const count = i === LAST && round > 1 ? ` (round ${round})` : "";
      item.replaceChildren(STEPS[line.drive][i] ?? "", count);
    });
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
