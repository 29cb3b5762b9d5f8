// On a phone settings and lessons are sheets over the lower half; what they are about stays in sight
// above them.

import { ids } from "../../contract.ts";
import { around, find, isShown, onPress } from "../../kernel/page.ts";
import { onLeave } from "./address.ts";

const PHONE = "(max-width: 767px)";
const AFTER_MS = 60; // until a page that was rearranged lies still
const LONGEST_MS = 3000; // that a sheet takes to come

const onPhone = (): boolean => window.matchMedia(PHONE).matches;
const burger = (): HTMLElement | null => find(ids.BURGER);
const isOpen = (): boolean => burger()?.querySelector("[data-opened]") != null;

// Effect: on a phone the first plot of the view is right below the header.
export function showPlot(): void {
  if (!onPhone()) {
    return;
  }
  window.setTimeout(() => {
    const boxes = document.querySelectorAll<HTMLElement>(".stage:not([hidden]) .plot-box");
    const top = (box: HTMLElement): number => box.getBoundingClientRect().top;
    const [first] = [...boxes].filter(isShown).sort((a, b) => top(a) - top(b));
    first?.scrollIntoView({ block: "start", inline: "nearest", behavior: "instant" });
  }, AFTER_MS);
}

const OPEN = "sheet-open";
onLeave(() => document.body.classList.remove(OPEN)); // the next page comes with it folded

// Effect: whoever opens the sheet goes on in it; the plot stands above.
export function turned(opened: boolean): void {
  document.body.classList.toggle(OPEN, opened);
  if (!opened || !onPhone()) {
    return;
  }
  const until = performance.now() + LONGEST_MS;
  const stand = (): void => {
    const close = find(ids.SHEET_CLOSE);
    close?.focus({ preventScroll: true }); // nothing, while the sheet is hidden
    if (close && document.activeElement === close) {
      showPlot();
    } else if (performance.now() < until) {
      window.requestAnimationFrame(stand);
    }
  };
  stand();
}

function close(): void {
  burger()?.click();
  burger()?.focus({ preventScroll: true });
}

export function listen(): void {
  onPress(ids.SHEET_CLOSE, close);
  document.addEventListener("keydown", (event) => {
    const within = around(event, ".mantine-AppShell-navbar");
    const busy = around(event, "[aria-expanded='true']"); // a list that is open closes first
    if (event.key === "Escape" && within && !busy && onPhone() && isOpen()) {
      close();
    }
  });
}
