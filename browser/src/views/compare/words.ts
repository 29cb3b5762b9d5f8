// What Compare says, while a hand moves: sentence, captions, badges, numbers, and what to notice.

import { ids, type Key, type LiveFrame } from "../../contract.ts";
import { find, make } from "../../kernel/page.ts";
import { type Borrowed, borrowed } from "./borrowed.ts";

const COVERED = "covered";

export interface Words {
  show(frame: LiveFrame): void;
  beside(key: Key, value: number | string): void; // the slider
  end(): void;
}

export function words(): Words {
  const texts = borrowed();
  const notice = find(ids.COMPARE_NOTICE);
  notice?.setAttribute("aria-busy", "true"); // nothing is read aloud on the way
  return {
    show: (frame) => {
      texts.write(notice, frame.notice ?? "");
      note(frame.notes ?? []);
      fill(texts, frame);
    },
    beside: (key, value) => texts.write(find(ids.shown_value(key)), String(value)),
    end: () => {
      texts.giveBack();
      uncover();
      notice?.removeAttribute("aria-busy");
    },
  };
}

// A value with the name of its control.
export function named(key: Key, value: number | string): string {
  const label = find(ids.label(key))?.textContent ?? key;
  return typeof value === "number" ? `${label} = ${value}` : `${label}: ${value}`;
}

function fill(texts: Borrowed, { captions, badges, numbers }: LiveFrame): void {
  for (const [name, text] of Object.entries(captions ?? {})) {
    texts.write(find(ids.caption(name)), text);
  }
  for (const [name, text] of Object.entries(badges ?? {})) {
    texts.write(find(ids.badge(name)), text);
  }
  for (const [panel, terms] of Object.entries(numbers ?? {})) {
    for (const [term, text] of Object.entries(terms)) {
      texts.write(find(ids.number(panel, term)), text);
    }
  }
}

// Effect: these paragraphs stand where the page's own are, which wait out of sight. They keep the
// room that they once took, so that the plots below stay where they are.
function note(lines: readonly string[]): void {
  const own = find(ids.COMPARE_NOTES);
  if (own) {
    const twin = twinOf(own) ?? make("div", { class: "notes live-notes" });
    const tall = Math.max(own.offsetHeight, twin.offsetHeight);
    twin.replaceChildren(...lines.map((line) => make("p", {}, line)));
    twin.style.minHeight = `${tall}px`;
    own.after(twin);
    own.dataset[COVERED] = "";
  }
}

function uncover(): void {
  const own = find(ids.COMPARE_NOTES);
  if (own) {
    twinOf(own)?.remove();
    delete own.dataset[COVERED];
  }
}

function twinOf(own: HTMLElement): HTMLElement | null {
  const next = own.nextElementSibling;
  return next instanceof HTMLElement && next.classList.contains("live-notes") ? next : null;
}
