// From the start to the tools: what the hands have set goes along, what only the start draws does
// not.

import { ids, settings } from "../../contract.ts";
import { toQuery } from "../../kernel/link.ts";
import { onClick } from "../../kernel/page.ts";
import { now } from "../../kernel/store.ts";
import { go } from "./address.ts";

export function listen(): void {
  onClick(`#${ids.START_TOOLS}`, (_, event) => {
    const state = now();
    if (state && !(event.ctrlKey || event.metaKey || event.shiftKey)) {
      event.preventDefault();
      go(toQuery({ ...state, simple: 0, show: settings.show.default }));
      window.scrollTo(0, 0);
    }
  });
}
