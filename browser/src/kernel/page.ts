// The document: elements by the ids of Dash, elements made here, and events heard for all that
// will ever be on the page.

import type { Id } from "./dash.ts";

// An id as it stands in the document: of patterns the parts are in order of their names.
export const spelt = (id: Id): string =>
  typeof id === "string" ? id : JSON.stringify(Object.fromEntries(Object.entries(id).sort()));

export const find = (id: Id): HTMLElement | null => document.getElementById(spelt(id));

export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string | number>> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    node.setAttribute(name, String(value));
  }
  node.append(...children); // text, never markup: columns and groups bear users' names
  return node;
}

// The nearest element around an event's target that a selector names.
export function around<E extends HTMLElement = HTMLElement>(
  event: Event,
  selector: string,
): E | null {
  return event.target instanceof Element ? event.target.closest<E>(selector) : null;
}

// Effect: `act` runs for every click within something that `selector` names.
export function onClick<E extends HTMLElement = HTMLElement>(
  selector: string,
  act: (element: E, event: MouseEvent) => void,
): void {
  document.addEventListener("click", (event) => {
    const element = around<E>(event, selector);
    if (element) {
      act(element, event);
    }
  });
}

// Effect: the one button with this id runs `act`.
export const onPress = (id: string, act: () => void): void => onClick(`#${id}`, act);

export const isShown = (node: HTMLElement | null): boolean => node?.offsetParent != null;

// After a dialog: when nothing has the keyboard's focus, the first of these that is there gets it.
export function refocus(...ids: string[]): void {
  window.setTimeout(() => {
    const found = ids.map(find).find(isShown);
    const lost = !document.activeElement || document.activeElement === document.body;
    if (lost) {
      found?.focus();
    }
  }, 60);
}

export const presenting = (): HTMLElement | null => document.querySelector(".presenting");

// The letters of plots in a presentation, in pixels; 0 where there is none.
export function plotLetter(): number {
  const stage = presenting();
  return stage ? Number.parseFloat(getComputedStyle(stage).getPropertyValue("--plot-text")) : 0;
}

// Effect: `act` runs with an element as soon as there is one with this id.
export function whenThere(id: Id, act: (element: HTMLElement) => void): void {
  const already = find(id);
  if (already) {
    act(already);
    return;
  }
  const observer = new MutationObserver(() => {
    const found = find(id);
    if (found) {
      observer.disconnect();
      act(found);
    }
  });
  observer.observe(document.documentElement, { subtree: true, childList: true });
}

// When nothing else is to do, or after so many milliseconds.
export const idle = (most: number): Promise<void> =>
  new Promise((resolve) => {
    if ("requestIdleCallback" in window) {
      window.requestIdleCallback(() => resolve(), { timeout: most });
    } else {
      setTimeout(resolve); // Safari knows no idle time
    }
  });
