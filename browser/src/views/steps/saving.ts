// The page that plays a run by itself: the answer of the server, the player and the style, written
// into one file.

import { ids } from "../../contract.ts";
import type { Scheme } from "../../kernel/scheme.ts";
import type { Overlays } from "./frame.ts";
import type { Trace } from "./run.ts";

export interface Saved {
  readonly trace: Trace;
  readonly overlays: Overlays;
}

// JSON and scripts inside a page must not be able to end the element that holds them.
const inert = (json: string): string => json.replace(/</g, "\\u003c");
const unending = (script: string): string => script.replace(/<\/(script)/gi, "<\\/$1");

export const pageOf = (saved: Saved, script: string, style: string, scheme: Scheme): string =>
  `<!DOCTYPE html>
<html lang="en" data-mantine-color-scheme="${scheme}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>k-means and a Gaussian mixture, step by step</title>
<style>${style}
${COLOURS[scheme]}
${OWN}</style></head>
<body>
<script type="application/json" id="${ids.STEPS_SAVED}">${inert(JSON.stringify(saved))}</script>
<script>${unending(script)}</script>
</body></html>`;

const COLOURS: Readonly<Record<Scheme, string>> = {
  light:
    ":root { --card: #fff; --page: #f6f7f9; --line: #e1e4ea; --tint: #eef2ff; --tint-ink: #27316b; --mantine-color-dimmed: #5c6370; color: #1a1f2b; }",
  dark: ":root { --card: #242424; --page: #1a1b1e; --line: #3a3f47; --tint: #262b45; --tint-ink: #d5dcff; --mantine-color-dimmed: #a9b0be; color: #e8eaed; color-scheme: dark; }",
};
const OWN = `body { margin: 0; padding: 14px; background: var(--page); font: 15px/1.5 Inter, system-ui, sans-serif; }
.saved-panels { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 400px), 1fr)); gap: 14px; }
.saved-card { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 12px 14px; min-width: 0; }
.saved-card h2 { font-size: 16px; margin: 0 0 6px; }
.saved-canvas { display: block; width: 100%; height: 52vh; min-height: 260px; }`;
