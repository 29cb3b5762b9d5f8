// The line that says how it goes with the server, and the place where refusals are shown.

import { ids } from "../../contract.ts";
import { set } from "../../kernel/dash.ts";
import { find, make } from "../../kernel/page.ts";

export const hasPage = (): boolean => find(ids.MAIN) !== null;

// Effect: the status line; `offer` puts a button beside it.
export function write(text: string, offer = false): void {
  const line = find(ids.STATUS);
  if (!line || line.dataset.text === text) {
    return;
  }
  line.dataset.text = text;
  line.replaceChildren(text);
  if (offer) {
    line.append(" ", make("button", { id: ids.TRY_AGAIN, type: "button" }, "Try again"));
  }
}

// Effect: a sentence where refusals are shown; before there is a page, in the status line.
export function refuse(text: string): void {
  if (hasPage()) {
    const children = [text, " The plots still show the last settings that worked."];
    set(ids.ERROR, { children, hide: false });
  } else {
    write(text);
  }
}

export const forgive = (): void => set(ids.ERROR, { hide: true });
