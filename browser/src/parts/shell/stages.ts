// Which view is open: its stage, its tab, and what of the panel on the left belongs to it.

import { ids } from "../../contract.ts";
import { type Id, set } from "../../kernel/dash.ts";
import { onLeave } from "./address.ts";

export interface PanelPart {
  readonly id: Id;
  readonly views: readonly string[];
}

let shown = "";
let withNotes: boolean | null = null;
onLeave(() => {
  shown = ""; // the page comes as the server writes it
  withNotes = null;
});

// Effect: only the open view is on the page. Setting what is so already would still cost a
// round through all components, and telling plots of a new size has them drawn again.
export function showStage(
  view: string,
  mounted: readonly string[],
  names: readonly string[],
): void {
  const now = [view, ...mounted].join();
  if (now === shown) {
    return;
  }
  shown = now;
  for (const name of names) {
    set(ids.stage(name), { hidden: name !== view });
  }
  window.setTimeout(() => {
    window.dispatchEvent(new Event("resize"));
    revealTab();
  }, 0);
}

// Effect: on a narrow screen the row of tabs scrolls; the open one is brought into sight.
function revealTab(): void {
  const row = document.querySelector<HTMLElement>(".nav-tabs");
  const tab = row?.querySelector<HTMLElement>("[role=tab][aria-selected=true]");
  if (row && tab) {
    const side = (row.clientWidth - tab.offsetWidth) / 2;
    const [inner, outer] = [tab.getBoundingClientRect(), row.getBoundingClientRect()];
    row.scrollLeft += inner.left - outer.left - side;
  }
}

// Effect: what was left out of the data is said in the views that look at them.
export function showNotes(on: boolean): void {
  if (on !== withNotes) {
    withNotes = on;
    set(ids.DATA_NOTES, { hidden: !on });
  }
}

// Effect: of the panel on the left, what has to do with the open view. Hidden controls keep
// their values.
export function showPanel(view: string, parts: readonly PanelPart[]): void {
  for (const { id, views } of parts) {
    set(id, { hidden: !views.includes(view) });
  }
}
