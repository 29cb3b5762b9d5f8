// Buttons over the plots, one on each centre of a start that is placed by hand, so that mouse,
// finger and keyboard all have something to hold.

import { make } from "../../kernel/page.ts";
import { originals } from "./placing.ts";
import { type Run, SIDES, type Side, spotOf } from "./run.ts";
import { plotBox } from "./scene.ts";
import type { View } from "./view.ts";

export interface Holds {
  moved(side: Side, j: number, event: PointerEvent): void;
  dropped(): void;
  clicked(side: Side, event: PointerEvent): void; // beside all of them
  chosen(j: number): void;
  key(j: number, event: KeyboardEvent): void;
}

const LAYER = "steps-handles";
const HANDLE = "steps-handle";

const layerOn = (side: Side): HTMLElement | null =>
  plotBox(side)?.querySelector<HTMLElement>(`.${LAYER}`) ?? null;

export function remove(): void {
  for (const side of SIDES) {
    layerOn(side)?.remove();
  }
}

// Effect: both plots have a handle for every centre.
export function build(run: Run, holds: Holds): void {
  for (const side of SIDES) {
    const there = layerOn(side);
    if (there?.childElementCount !== run.k) {
      there?.remove();
      plotBox(side)?.append(layer(run, side, holds));
    }
  }
}

function layer(run: Run, side: Side, holds: Holds): HTMLElement {
  const handles = Array.from({ length: run.k }, (_, j) => handle(side, j, holds));
  const box = make("div", { class: LAYER }, ...handles);
  box.addEventListener("pointerup", (event) => {
    if (event.target === box) {
      holds.clicked(side, event);
    }
  });
  return box;
}

function handle(side: Side, j: number, holds: Holds): HTMLElement {
  const button = make("button", { class: HANDLE, type: "button", "data-centre": j });
  button.addEventListener("pointerdown", (event) => {
    button.setPointerCapture(event.pointerId);
    holds.chosen(j);
  });
  button.addEventListener("pointermove", (event) => {
    if (button.hasPointerCapture(event.pointerId)) {
      holds.moved(side, j, event);
    }
  });
  button.addEventListener("pointerup", holds.dropped);
  button.addEventListener("focus", () => holds.chosen(j));
  button.addEventListener("keydown", (event) => holds.key(j, event));
  return button;
}

const all = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>(`.${HANDLE}`)];

export function mark(chosen: number): void {
  for (const button of all()) {
    button.classList.toggle("chosen", Number(button.dataset.centre) === chosen);
  }
}

// Effect: the handles of one centre say where it is.
export function say(run: Run, j: number): void {
  const [x, y] = originals(run, j);
  for (const button of all().filter(({ dataset }) => Number(dataset.centre) === j)) {
    button.setAttribute("aria-label", `Centre ${j + 1} at ${x}, ${y}. Arrow keys move it.`);
  }
}

// Effect: the handles of one side are on their centres, also when the plot has been zoomed.
export function follow(side: Side, run: Run, view: View): void {
  const box = layerOn(side);
  if (!box) {
    return;
  }
  const { left, top, width, height } = view;
  const [right, bottom] = [`calc(100% - ${left + width}px)`, `calc(100% - ${top + height}px)`];
  Object.assign(box.style, { left: "0", top: "0" });
  box.style.clipPath = `inset(${top}px ${right} ${bottom} ${left}px)`;
  [...box.children].forEach((button, j) => {
    const [x, y] = spotOf(run.start, j);
    if (button instanceof HTMLElement) {
      button.style.left = `${view.px(x)}px`;
      button.style.top = `${view.py(y)}px`;
    }
  });
}
