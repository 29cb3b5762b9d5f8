// A layer over each plot that tells of clicks beside points, clicks on points, and drags.

import { make } from "../../kernel/page.ts";
import { SIDES, type Side, type Spot } from "./run.ts";
import { plotBox, within } from "./scene.ts";
import type { View } from "./view.ts";

const HOLD: Readonly<Record<string, number>> = { mouse: 8, pen: 10, touch: 16 }; // pixels
const STILL = 4; // so many pixels do not make a drag

const KEYS =
  "Page Up and Page Down choose a point, arrow keys move it, Delete removes it, Ctrl+Z undoes.";

export interface Touched {
  view(side: Side): View | null;
  near(view: View, at: Spot, reach: number): number | null; // the point there
  spot(index: number): Spot;
  dragged(index: number, to: Spot): void; // in plot coordinates, and still under way
  moved(index: number, from: Spot): void;
  clicked(index: number): void;
  added(to: Spot): void; // in plot coordinates
  key(event: KeyboardEvent): void;
  reached(said: string): void; // by the keyboard; then what keys do
}

interface Held {
  readonly index: number | null;
  readonly at: Spot;
  readonly from: Spot | null;
  moved: boolean;
}

export function remove(): void {
  for (const layer of document.querySelectorAll(".steps-touch")) {
    layer.remove();
  }
}

// Effect: what hands do over the plots is told, until the layers are removed.
export function build(touched: Touched): void {
  for (const side of SIDES) {
    plotBox(side)?.append(layer(side, touched));
  }
}

function layer(side: Side, touched: Touched): HTMLElement {
  const box = make("div", {
    class: "steps-touch",
    tabindex: 0,
    role: "application",
    "aria-label": `Points. ${KEYS}`,
  });
  let held: Held | null = null;

  box.addEventListener("keydown", touched.key);
  box.addEventListener("focus", () => {
    if (box.matches(":focus-visible")) {
      touched.reached(KEYS);
    }
  });
  box.addEventListener("pointerdown", (event) => {
    const view = touched.view(side);
    if (view) {
      box.setPointerCapture(event.pointerId);
      const at = within(side, event);
      const index = touched.near(view, at, HOLD[event.pointerType] ?? 8);
      held = { index, at, from: index === null ? null : touched.spot(index), moved: false };
    }
  });
  box.addEventListener("pointermove", (event) => {
    const view = touched.view(side);
    if (view && held && held.index !== null) {
      drag(held, held.index, view, within(side, event));
    }
  });
  box.addEventListener("pointerup", (event) => {
    const [view, letGo] = [touched.view(side), held];
    held = null;
    if (view && letGo) {
      release(letGo, view, within(side, event));
    }
  });
  box.addEventListener("pointercancel", () => {
    if (held?.moved && held.index !== null && held.from) {
      touched.moved(held.index, held.from); // so far; it can be undone
    }
    held = null;
  });

  function drag(hold: Held, index: number, view: View, [px, py]: Spot): void {
    hold.moved ||= Math.hypot(px - hold.at[0], py - hold.at[1]) > STILL;
    if (hold.moved && view.holds(px, py)) {
      touched.dragged(index, view.plot(px, py));
    }
  }

  function release({ index, from, moved }: Held, view: View, [px, py]: Spot): void {
    if (index === null || !from) {
      if (view.holds(px, py)) {
        touched.added(view.plot(px, py));
      }
    } else if (moved) {
      touched.moved(index, from);
    } else {
      touched.clicked(index);
    }
  }

  return box;
}
