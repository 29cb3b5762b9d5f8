// The line between an image before and after, moved by the slider or by dragging on the image.

import { ids } from "../../contract.ts";
import { set } from "../../kernel/dash.ts";
import { around } from "../../kernel/page.ts";

const IMAGES = ".before-after";
const VALUE = "aria-valuenow";

export function listen(): void {
  followThumb();
  followDrag();
}

// Effect: the line on both images follows the slider's thumb. The thumb is watched rather than the
// slider's value: the component tells that while it is dragged only in a mode in which it also
// says back every value it is given, and so undoes the one given next.
function followThumb(): void {
  const told = (changes: MutationRecord[]) => {
    for (const { target } of changes) {
      if (target instanceof Element && target.closest(`#${ids.COLORS_SPLIT}`)) {
        split(`${target.getAttribute(VALUE)}%`);
      }
    }
  };
  new MutationObserver(told).observe(document.documentElement, {
    subtree: true,
    attributeFilter: [VALUE],
  });
}

function split(share: string): void {
  for (const box of document.querySelectorAll<HTMLElement>(IMAGES)) {
    box.style.setProperty("--split", share);
  }
}

// Effect: dragging on an image moves the slider.
function followDrag(): void {
  let dragged: HTMLElement | null = null;
  const follow = (event: PointerEvent) => {
    if (dragged) {
      set(ids.COLORS_SPLIT, { value: shareAt(dragged, event) });
    }
  };
  const end = () => {
    dragged = null;
  };
  document.addEventListener("pointerdown", (event) => {
    dragged = around(event, IMAGES);
    if (dragged) {
      event.preventDefault();
      follow(event);
    }
  });
  document.addEventListener("pointermove", follow);
  document.addEventListener("pointerup", end);
  document.addEventListener("pointercancel", end);
}

// In percent of the image's width.
function shareAt(image: HTMLElement, event: PointerEvent): number {
  const box = image.getBoundingClientRect();
  const share = (event.clientX - box.left) / Math.max(box.width, 1);
  return Math.round(100 * Math.min(1, Math.max(0, share)));
}
