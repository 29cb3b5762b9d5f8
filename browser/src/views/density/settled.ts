// Density's own answer on the page.

import { ids, type Shown } from "../../contract.ts";
import { find } from "../../kernel/page.ts";
import { tell } from "../../parts/live/words.ts";
import { present } from "../../parts/plots/plots.ts";

export const PLACE = { notice: ids.DENSITY_NOTICE, notes: ids.DENSITY_NOTES } as const;

// Effect: all of the answer that is no plot.
export function say(answer: Shown): void {
  tell(PLACE, answer);
  const beside = find(ids.DENSITY_BESIDE);
  if (beside) {
    beside.hidden = !("draws" in answer.pictures);
  }
}

export const draw = (answer: Shown): void => Object.values(answer.pictures).forEach(present);
