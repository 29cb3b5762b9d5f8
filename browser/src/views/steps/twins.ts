// Texts that stand for a while where the page's own are. Those wait out of sight, as Dash goes on
// writing into them.

import type { Id } from "../../kernel/dash.ts";
import { find } from "../../kernel/page.ts";

const twins = new Map<HTMLElement, HTMLElement>(); // by the page's own element

// Effect: this stands where the element says something else.
export function cover(id: Id, text: string): void {
  const own = find(id);
  if (own) {
    const twin = twins.get(own) ?? twinOf(own);
    if (twin.textContent !== text) {
      twin.textContent = text;
    }
  }
}

function twinOf(own: HTMLElement): HTMLElement {
  const twin = document.createElement(own.tagName);
  twin.className = own.className;
  own.after(twin);
  own.dataset.covered = "";
  twins.set(own, twin);
  return twin;
}

// Effect: the page's own texts are seen again, as they are by now.
export function uncover(): void {
  for (const [own, twin] of twins) {
    twin.remove();
    delete own.dataset.covered;
  }
  twins.clear();
}
