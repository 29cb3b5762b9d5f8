// The card of a point under the mouse: values as pairs, shares as bars. It is text throughout:
// columns and groups bear users' names.

import { make } from "../../kernel/page.ts";

const BESIDE = 16; // pixels between the mouse and the card
const BELOW = 12;
const EDGE = 4;

// A number as everywhere on the page: five digits, and a minus that is one.
export const spoken = (value: number): string =>
  String(Number(value.toPrecision(5))).replace(/^-/, "−");

export const percent = (share: number): string => {
  const text = (100 * share).toFixed(share > 0.0995 && share < 0.995 ? 0 : 1);
  return `${text === "100.0" ? "100" : text} %`;
};

export const title = (text: string): HTMLElement => make("div", { class: "card-title" }, text);

export function pair(name: string, value: string): HTMLElement {
  const [left, right] = [
    make("span", { class: "card-name" }, name),
    make("span", { class: "card-value" }, value),
  ];
  return make("div", { class: "card-pair" }, left, right);
}

// What a component, cluster or group is called, its share as a bar in its colour, and the share in words.
export function bar(
  called: string | number,
  share: number,
  colour: string,
  words: string,
): HTMLElement {
  const fill = make("span", { class: "card-fill" });
  fill.style.width = `${100 * share}%`;
  fill.style.background = colour;
  return make(
    "div",
    { class: "card-bar" },
    make("span", { class: "card-number" }, String(called)),
    make("span", { class: "card-track" }, fill),
    make("span", { class: "card-share" }, words),
  );
}

// One card, made when first shown and then used again.
export function pointCard(className = ""): {
  show(mouse: MouseEvent, lines: readonly HTMLElement[]): void;
  hide(): void;
} {
  let card: HTMLElement | null = null;

  function show(mouse: MouseEvent, lines: readonly HTMLElement[]): void {
    card ??= document.body.appendChild(make("div", { class: `point-card ${className}`.trim() }));
    card.replaceChildren(...lines);
    card.style.display = "block";
    const size = card.getBoundingClientRect();
    const right = mouse.clientX + BESIDE;
    const left = right + size.width > innerWidth ? mouse.clientX - size.width - BESIDE : right;
    card.style.left = `${Math.max(EDGE, left)}px`;
    const lowest = innerHeight - size.height - EDGE;
    card.style.top = `${Math.max(EDGE, Math.min(lowest, mouse.clientY + BELOW))}px`;
  }

  function hide(): void {
    if (card) {
      card.style.display = "none";
    }
  }

  return { show, hide };
}
