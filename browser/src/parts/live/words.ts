// What a view says: sentence, captions, badges, numbers, and what to notice. Some of it is said for
// a while, under a hand.

import { ids, type Key, type LiveFrame, type Shown } from "../../contract.ts";
import { find, make } from "../../kernel/page.ts";
import { fill } from "../markup.ts";
import { giveBack, lend, say } from "../said.ts";

const COVERED = "covered";

// Where a view says its sentence, and what to notice.
export interface Place {
  readonly notice: string;
  readonly notes: string;
}

export interface Words {
  measure(): void; // how much room the notes take, before anything is changed
  show(frame: Frame): void;
  beside(key: Key, value: number | string): void; // the slider
  rest(): void; // what is said stays, and is read aloud
  end(): void;
}

export function words({ notice: where, notes }: Place): Words {
  const notice = find(where);
  let tall = 0;
  return {
    measure: () => {
      tall = heightOf(notes);
    },
    show: (frame) => {
      notice?.setAttribute("aria-busy", "true"); // nothing is read aloud on the way
      lend(notice, frame.notice ?? "");
      note(notes, (frame.notes ?? []) as readonly string[], tall);
      write(lend, frame);
    },
    beside,
    rest: () => notice?.removeAttribute("aria-busy"),
    end: () => {
      giveBack();
      uncover(notes);
      notice?.removeAttribute("aria-busy");
    },
  };
}

// Effect: a slider says this value.
export const beside = (key: Key, value: number | string): void =>
  lend(find(ids.shown_value(key)), String(value));

// Effect: all of an answer that is no plot.
export function tell({ notice, notes }: Place, answer: Shown): void {
  say(find(notice), answer.notice);
  fill(find(notes), answer.notes);
  write(say, answer);
}

// A value with the name of its control.
export function named(key: Key, value: number | string): string {
  const label = find(ids.label(key))?.textContent ?? key;
  return typeof value === "number" ? `${label} = ${value}` : `${label}: ${value}`;
}

type Frame = Texts & { readonly notice?: string; readonly notes?: readonly unknown[] };
type Texts = Pick<LiveFrame, "captions" | "badges" | "numbers">;

function write(how: typeof say, { captions, badges, numbers }: Texts): void {
  for (const [name, text] of Object.entries(captions ?? {})) {
    how(find(ids.caption(name)), text);
  }
  for (const [name, text] of Object.entries(badges ?? {})) {
    how(find(ids.badge(name)), text);
  }
  for (const [panel, terms] of Object.entries(numbers ?? {})) {
    for (const [term, text] of Object.entries(terms)) {
      how(find(ids.number(panel, term)), text);
    }
  }
}

// Effect: these paragraphs stand where the page's own are, which wait out of sight. They keep the
// room that was once taken, so that the plots below stay where they are.
function note(notes: string, lines: readonly string[], tall: number): void {
  const own = find(notes);
  if (own) {
    const twin = twinOf(own) ?? make("div", { class: "notes live-notes" });
    twin.replaceChildren(...lines.map((line) => make("p", {}, line)));
    twin.style.minHeight = `${tall}px`;
    if (!twin.isConnected) {
      own.after(twin);
    }
    own.dataset[COVERED] = "";
  }
}

function heightOf(notes: string): number {
  const own = find(notes);
  return own ? Math.max(own.offsetHeight, twinOf(own)?.offsetHeight ?? 0) : 0;
}

function uncover(notes: string): void {
  const own = find(notes);
  if (own) {
    twinOf(own)?.remove();
    delete own.dataset[COVERED];
  }
}

function twinOf(own: HTMLElement): HTMLElement | null {
  const next = own.nextElementSibling;
  return next instanceof HTMLElement && next.classList.contains("live-notes") ? next : null;
}
