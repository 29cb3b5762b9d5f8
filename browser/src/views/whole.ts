// "All rows" below How many?: once a sample has been compared, its mixtures are offered to be
// carried on to every row. Without a sample there is no such section.

import { begin, type Config, type Request, stop } from "./long_work.ts";

// `kept`: they stay with the sample, and the section says why.
export interface Offer {
  readonly request?: Request;
  readonly kept?: boolean;
}

const BOX = "panel select-below sure whole";
let offered: Offer | null = null;
let early = true; // while the sample is compared, there is nothing to carry on

export function follow(
  result: { readonly finished?: boolean } | null,
  offer: Offer | null,
  config: Config,
): string {
  if (!result?.finished) {
    early = true;
    stop(1, config);
  } else if (offer !== offered) {
    early = false;
    begin(offer?.request ?? null, config, true);
  }
  offered = offer;
  return `${BOX}${offer ? "" : " whole-none"}${offer?.kept ? " whole-kept" : ""}${early ? " sure-early" : ""}`;
}
