// Light or dark. The document's attribute is what styles and scripts go by.

import { recall, remember } from "./storage.ts";

export type Scheme = "light" | "dark";

const KEPT = "gmm-dash-scheme";
const ATTRIBUTE = "data-mantine-color-scheme";

export function opening(): Scheme {
  const kept = recall(KEPT);
  if (kept === "light" || kept === "dark") {
    return kept;
  }
  return window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

export const paint = (scheme: Scheme): void =>
  document.documentElement.setAttribute(ATTRIBUTE, scheme);

export const painted = (): Scheme =>
  document.documentElement.getAttribute(ATTRIBUTE) === "dark" ? "dark" : "light";

// Effect: the choice holds for later visits.
export const choose = (scheme: Scheme): void => remember(KEPT, scheme);
