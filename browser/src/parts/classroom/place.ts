// Where a class is on the page: a bar at its foot, and a card above it that can be folded away.

import { ids } from "../../contract.ts";
import { find, make } from "../../kernel/page.ts";

export type Content = readonly (Node | string)[];

const CLOSE = ".class-close";
const STOPS = "button, input, select, textarea, summary, a[href]";

const bar = make("div", { class: "class-bar", role: "region", "aria-label": "Class" });
const card = make("section", { class: "class-card", "aria-label": "Class card" });
card.tabIndex = -1; // it takes the focus of what it takes the place of
for (const box of [bar, card]) {
  box.addEventListener("keydown", (event) => {
    const close = card.querySelector<HTMLElement>(CLOSE);
    if (event.key === "Escape" && close) {
      event.stopPropagation();
      close.click();
    }
  });
}
const words = make("p", { class: "class-words", role: "status" });

// Effect: bar and card are on the page, as often as it is built.
function settle(): void {
  const board = find(ids.CLASS_BOARD);
  if (board && card.parentElement !== board) {
    board.append(card, words, bar);
  }
  document.body.classList.toggle("in-class", bar.childElementCount > 0);
}

// Effect: what stands in the bar; nothing takes it away. What says the same stays: it is written
// again and again, and a press must not end on another button than it began on.
export function showBar(...content: Content): void {
  keepingFocus(bar, () => replaceOthers(bar, content));
  settle();
}

// Effect: what stands on the card; nothing takes it away.
export function showCard(...content: Content): void {
  keepingFocus(card, () => {
    card.replaceChildren(...content);
    card.hidden = !content.length;
  });
  settle();
}

// Effect: the card says what is new of the same thing; the rest stays, also under a press.
export function renewCard(...content: Content): void {
  keepingFocus(card, () => replaceOthers(card, content));
}

// Effect: whether what comes to the card is read out by screen readers.
export const announceCard = (on: boolean): void =>
  card.setAttribute("aria-live", on ? "polite" : "off");

// Effect: children that are as wanted stay where they are, untouched; others make room.
function replaceOthers(box: HTMLElement, content: Content): void {
  let at = box.firstChild;
  const dropUntil = (end: ChildNode | null): void => {
    while (at && at !== end) {
      const next: ChildNode | null = at.nextSibling;
      at.remove();
      at = next;
    }
  };
  for (const wanted of content) {
    let same = at;
    while (same && (typeof wanted === "string" || !same.isEqualNode(wanted))) {
      same = same.nextSibling;
    }
    if (same) {
      dropUntil(same);
      at = same.nextSibling;
    } else {
      box.insertBefore(typeof wanted === "string" ? new Text(wanted) : wanted, at);
    }
  }
  dropUntil(null);
}

// Effect: whoever was in a box by keyboard is then at the same control, or near it.
function keepingFocus(box: HTMLElement, change: () => void): void {
  const held = box.contains(document.activeElement) ? document.activeElement : null;
  change();
  if (!held || document.activeElement === held) {
    return;
  }
  const stops = [...box.querySelectorAll<HTMLElement>(STOPS)];
  const again = stops.find((one) => isNamedAs(one, held));
  const near = box === card && !card.hidden ? card : bar.querySelector<HTMLElement>(STOPS);
  (again ?? near ?? find(ids.CLASS_OPEN))?.focus();
}

const nameOf = (one: Element): string => one.getAttribute("aria-label") ?? one.textContent ?? "";
const isNamedAs = (one: Element, other: Element): boolean =>
  one.tagName === other.tagName && nameOf(one) === nameOf(other) && nameOf(one) !== "";

export const cardIsOpen = (): boolean => !card.hidden && card.childElementCount > 0;

// Effect: a sentence above the bar, until the next one.
let timer = 0;
export function say(text: string, seconds = 8): void {
  words.replaceChildren(text);
  settle();
  window.clearTimeout(timer);
  timer = window.setTimeout(() => words.replaceChildren(), 1000 * seconds);
}

export function button(text: string, act: () => void, kind = ""): HTMLButtonElement {
  const made = make("button", { type: "button", class: `class-button ${kind}`.trim() }, text);
  made.addEventListener("click", act);
  return made;
}

export function heading(text: string, close?: () => void): HTMLElement {
  const title = make("h2", { class: "class-title" }, text);
  if (!close) {
    return title;
  }
  const cross = button("×", close, "plain class-close");
  cross.setAttribute("aria-label", "Close");
  return make("div", { class: "class-head" }, title, cross);
}
