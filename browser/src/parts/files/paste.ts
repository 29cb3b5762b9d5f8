// The dialog that takes a table as text.

import { ids } from "../../contract.ts";
import { keep, set, type Unchanged } from "../../kernel/dash.ts";
import { find } from "../../kernel/page.ts";
import { stop } from "./sending.ts";
import { take } from "./upload.ts";

export function openPaste(clicks: number | null): true | Unchanged {
  if (!clicks) {
    return keep();
  }
  set(ids.PASTE_STATUS, { children: "" });
  return true;
}

export function closePaste(clicks: number | null): false | Unchanged {
  if (!clicks) {
    return keep();
  }
  stop();
  return false;
}

export function readPaste(clicks: number | null): void {
  const box = find(ids.PASTE_TEXT);
  if (clicks && box instanceof HTMLTextAreaElement) {
    const text = box.value.trim() === "" ? [] : [box.value];
    take(new Blob(text, { type: "text/plain" }), ids.PASTE_STATUS, "Nothing was pasted yet.");
  }
}
