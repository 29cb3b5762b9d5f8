// Where a class is on the page: a bar at its foot, and a card above it that can be folded away.

import { ids } from "../../contract.ts";
import { find, make } from "../../kernel/page.ts";

export type Content = readonly (Node | string)[];

const bar = make("div", { class: "class-bar", role: "region", "aria-label": "Class" });
const card = make("section", { class: "class-card", "aria-label": "Class card" });
const words = make("p", { class: "class-words", role: "status" });

// Effect: bar and card are on the page, as often as it is built.
function settle(): void {
  const board = find(ids.CLASS_BOARD);
  if (board && card.parentElement !== board) {
    board.append(card, words, bar);
  }
  document.body.classList.toggle("in-class", bar.childElementCount > 0);
}

// Effect: what stands in the bar; nothing takes it away.
export function showBar(...content: Content): void {
  bar.replaceChildren(...content);
  settle();
}

// Effect: what stands on the card; nothing takes it away.
export function showCard(...content: Content): void {
  card.replaceChildren(...content);
  card.hidden = !content.length;
  settle();
}

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
  const cross = button("×", close, "plain");
  cross.setAttribute("aria-label", "Close");
  return make("div", { class: "class-head" }, title, cross);
}
