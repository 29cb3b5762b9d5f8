// The frame around all views: colour scheme, the panel's fold, and the link to this page.

import { ids } from "../../contract.ts";
import { copyText } from "../../kernel/clipboard.ts";
import { keep, set, type Unchanged } from "../../kernel/dash.ts";
import { find, presenting } from "../../kernel/page.ts";
import { choose, type Scheme } from "../../kernel/scheme.ts";
import { turned } from "./half_sheet.ts";

const SAID_MS = 4000;

export function toggleScheme(clicks: number | null, scheme: Scheme): Scheme | Unchanged {
  if (!clicks) {
    return keep();
  }
  const other = scheme === "dark" ? "light" : "dark";
  choose(other);
  return other;
}

// The scheme of the components is the page's.
export const painted = (scheme: Scheme): Scheme => scheme;

interface Navbar {
  readonly collapsed: { readonly desktop?: boolean };
}

export function burger(opened: boolean, navbar: Navbar): Record<string, unknown> {
  turned(opened);
  const foldable = navbar.collapsed?.desktop !== undefined;
  const wide = find(ids.LESSON) ?? presenting();
  const desktop = foldable && Boolean(wide) && !opened;
  return { ...navbar, collapsed: { mobile: !opened, desktop } };
}

// Effect: the link to this very page goes to the clipboard.
export function share(clicks: number | null): void {
  if (clicks) {
    copyText(window.location.href, (words) => {
      set(ids.SHARE_SAID, { children: words });
      window.setTimeout(() => set(ids.SHARE_SAID, { children: "" }), SAID_MS);
    });
  }
}
