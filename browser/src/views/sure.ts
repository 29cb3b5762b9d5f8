// "How sure?" below How many?: the best of a finished comparison is offered for a test. A link can
// start it, once, for what the link opens with.

import { ids, opens } from "../contract.ts";
import { copyText } from "../kernel/clipboard.ts";
import { set } from "../kernel/dash.ts";
import { listed } from "../kernel/link.ts";
import { find } from "../kernel/page.ts";
import { now } from "../kernel/store.ts";
import { begin, type Config, type Request, stop } from "./long_work.ts";

// `refused`: of these rows there is no test; a press on "Start" is answered with the reason.
export interface Offer {
  readonly request: Request;
  readonly refused: boolean;
}

const WORDS = { done: "Copied", byHand: "Mark the text and copy it" };
const BOX = "panel select-below sure";
let begun = false;

// The comparison: while it grows, there is no best model to be sure of.
export function follow(result: { readonly finished?: boolean } | null, config: Config): string {
  if (result?.finished) {
    return BOX;
  }
  stop(1, config);
  return `${BOX} sure-early`;
}

export function offer(made: Offer | null, config: Config): void {
  if (made) {
    const wanted = !begun && !made.refused && listed(now()?.open).includes(opens.sure);
    begun = true;
    begin(made.request, config, !wanted);
  }
}

// Effect: the paragraph goes to the clipboard, as it stands.
export function copy(clicks: number | null): void {
  if (clicks) {
    const text = find(ids.SURE_CHOSEN)?.parentElement?.textContent?.trim() ?? "";
    copyText(text, (words) => set(ids.SURE_COPIED, { children: words }), WORDS);
  }
}
