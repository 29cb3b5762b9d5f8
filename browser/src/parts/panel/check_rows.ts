// Rows of which any number are chosen, such as what to show of a plot: each is a toolbar of check
// boxes, and one stop of the keyboard.

import { around } from "../../kernel/page.ts";
import { hear } from "../../kernel/store.ts";
import { lead, stop, tidy } from "../one_stop.ts";

const ROW = ".check-row";

// Those that can be reached: of one column, or where a link locks them, some cannot.
const boxesIn = (row: ParentNode): HTMLElement[] =>
  [...row.querySelectorAll<HTMLInputElement>("input[type=checkbox]")].filter(
    (box) => box.offsetParent && !box.disabled,
  );

function tidyAll(): void {
  for (const row of document.querySelectorAll(ROW)) {
    tidy(boxesIn(row));
  }
}

function came(event: FocusEvent): void {
  tidyAll(); // rows come with their views, and boxes with other data
  const row = around(event, ROW);
  if (row && event.target instanceof HTMLInputElement) {
    stop(boxesIn(row), event.target);
  }
}

function turn(event: KeyboardEvent): void {
  const row = around(event, ROW);
  const box = event.target;
  if (row && box instanceof HTMLInputElement) {
    const down = row.getAttribute("aria-orientation") === "vertical";
    if (lead(event, boxesIn(row), box, down)) {
      event.stopPropagation(); // to the player Home and End mean something else
    }
  }
}

export function listen(): void {
  document.addEventListener("keydown", turn, true);
  document.addEventListener("focusin", came);
  hear(() => window.setTimeout(tidyAll)); // after what follows from a state is on the page
}
