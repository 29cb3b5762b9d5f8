// What is shown under a hand says for which value it holds, and whether it is what the hand wants.

import { ids } from "../../contract.ts";
import { find, make } from "../../kernel/page.ts";

const TAG = "live-value";

const tagOf = (box: HTMLElement): Element | null => box.querySelector(`.${TAG}`);

// Effect: the picture in this box holds for what is named.
export function name(box: HTMLElement, named: string): void {
  const tag = tagOf(box) ?? make("span", { class: TAG, "aria-hidden": "true" });
  if (tag.textContent !== named) {
    tag.textContent = named;
  }
  if (!tag.isConnected) {
    box.append(tag);
  }
}

export const unname = (box: HTMLElement): void => tagOf(box)?.remove();

// Effect: all that a view says and shows is marked as what the hand wants, or as what it has left.
export function mark(view: string, reached: boolean): void {
  const where = find(ids.stage(view));
  if (where) {
    where.dataset.live = reached ? "now" : "behind";
  }
}

export const unmark = (view: string): void => {
  delete find(ids.stage(view))?.dataset.live;
};

// While the server cannot be reached, or has refused, the page shows what it showed before.
export const isStale = (view: string): boolean =>
  find(ids.stage(view))?.classList.contains("stale") === true;
