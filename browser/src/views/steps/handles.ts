// Buttons over the plots, one on each centre, so that mouse, finger and keyboard all have something
// to hold. One of them on each side is a stop of the Tab key.

import { make } from "../../kernel/page.ts";
import { originals } from "./placing.ts";
import type { Run, Side, Spot } from "./run.ts";
import { plotBox } from "./scene.ts";
import type { View } from "./view.ts";

export interface Holds {
  dragged(side: Side, j: number, event: PointerEvent): void;
  dropped(): void;
  cancelled(): void;
  key(side: Side, j: number, event: KeyboardEvent): void;
}

const LAYER = "steps-handles";
const HANDLE = "steps-handle";
const STILL = 3; // so many pixels do not make a drag

interface Press {
  readonly button: HTMLElement;
  readonly at: Spot;
  moved: boolean;
}
let press: Press | null = null;

// Effect: a drag under way is over.
export function letGo(): void {
  press = null;
}

const layerOn = (side: Side): HTMLElement | null =>
  plotBox(side)?.querySelector<HTMLElement>(`.${LAYER}`) ?? null;

const handlesOn = (side: Side): HTMLElement[] =>
  [...(layerOn(side)?.children ?? [])].filter((one) => one instanceof HTMLElement);

// Effect: one side has a handle wherever a centre is shown, also while it moves or is zoomed.
export function follow(side: Side, view: View, spots: readonly Spot[], holds: Holds): void {
  const layer = layerOn(side) ?? plotBox(side)?.appendChild(make("div", { class: LAYER }));
  if (!layer) {
    return;
  }
  for (let j = layer.childElementCount; j < spots.length; j++) {
    layer.append(handle(side, j, holds));
  }
  const { left, top, width, height } = view;
  const [right, bottom] = [`calc(100% - ${left + width}px)`, `calc(100% - ${top + height}px)`];
  layer.style.clipPath = `inset(${top}px ${right} ${bottom} ${left}px)`;
  handlesOn(side).forEach((button, j) => {
    const spot = spots[j];
    button.hidden = !spot && press?.button !== button; // unseen, it would lose its pointer
    if (spot) {
      button.style.transform = `translate(${view.px(spot[0])}px, ${view.py(spot[1])}px)`;
    }
  });
}

function handle(side: Side, j: number, holds: Holds): HTMLElement {
  const button = make("button", {
    class: HANDLE,
    type: "button",
    "data-centre": j,
    "aria-label": `Centre ${j + 1}`,
    tabindex: j === 0 ? 0 : -1,
  });
  button.addEventListener("pointerdown", (event) => {
    if (event.button === 0 && event.isPrimary) {
      button.setPointerCapture(event.pointerId);
      press = { button, at: [event.clientX, event.clientY], moved: false };
    }
  });
  // The focus stays where it is: to the mouse, the arrow keys are the player's.
  button.addEventListener("mousedown", (event) => event.preventDefault());
  button.addEventListener("pointermove", (event) => {
    if (press?.button === button) {
      press.moved ||= Math.hypot(event.clientX - press.at[0], event.clientY - press.at[1]) > STILL;
      if (press.moved) {
        holds.dragged(side, j, event);
      }
    }
  });
  const end = (act: () => void) => () => {
    const moved = press?.button === button && press.moved;
    letGo();
    if (moved) {
      act();
    }
  };
  button.addEventListener("pointerup", end(holds.dropped));
  button.addEventListener("pointercancel", end(holds.cancelled));
  button.addEventListener("focus", () => choose(side, j));
  button.addEventListener("keydown", (event) => holds.key(side, j, event));
  return button;
}

function choose(side: Side, chosen: number): void {
  handlesOn(side).forEach((button, j) => {
    button.tabIndex = j === chosen ? 0 : -1;
  });
}

// Effect: the keyboard is at a centre, counted round the end.
export function focus(side: Side, j: number): void {
  const there = handlesOn(side).filter(({ hidden }) => !hidden);
  there[(j + there.length) % there.length]?.focus();
}

// Effect: the handles of one side say where its centres are, and what the keys do.
export function say(side: Side, run: Run, spots: readonly Spot[]): void {
  handlesOn(side).forEach((button, j) => {
    const spot = spots[j];
    if (spot) {
      const [x, y] = originals(run, spot);
      const where = `Centre ${j + 1} at ${run.line ? x : `${x}, ${y}`}. `;
      button.setAttribute("aria-label", where + (run.line ? ALONG : KEYS));
    }
  });
}

const REST = "Page Up and Page Down go to another, Delete takes it away, plus adds one.";
const KEYS = `Arrow keys move it, ${REST}`;
const ALONG = `The left and right arrow keys move it, ${REST}`;
