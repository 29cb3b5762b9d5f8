// "All rows" below How many? and Restarts: once a sample has been gone through, its models are
// offered to be carried on to every row. Without a sample there is no such section.

import { begin, type Config, type Request, stop } from "./long_work.ts";
import { type Elsewhere, open } from "./whole_elsewhere.ts";

// `kept`: they stay with the sample, and the section says why.
export interface Offer {
  readonly request?: Request;
  readonly elsewhere?: Elsewhere; // the rows are in many files
  readonly kept?: boolean;
}

interface Section {
  offered: Offer | null;
  early: boolean; // while the sample is gone through, there is nothing to carry on
}

const BOX = "panel select-below sure whole";
const sections = new Map<string, Section>(); // by the name of their chain

export function follow(
  result: { readonly finished?: boolean } | null,
  offer: Offer | null,
  config: Config,
): string {
  const section = sections.get(config.name) ?? { offered: null, early: true };
  sections.set(config.name, section);
  if (!result?.finished) {
    section.early = true;
    stop(1, config);
  } else if (offer !== section.offered) {
    section.early = false;
    const request = offer?.request ?? null;
    open(config, request, offer?.elsewhere ?? null);
    begin(offer?.elsewhere ? null : request, config, true);
  }
  section.offered = offer;
  return `${BOX}${offer ? "" : " whole-none"}${offer?.kept ? " whole-kept" : ""}${section.early ? " sure-early" : ""}`;
}
