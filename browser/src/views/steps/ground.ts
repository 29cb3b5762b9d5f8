// Clicks on the plots beside all centres. A drag there stays Plotly's zoom, and a double click its
// way back.

import { isGround } from "../../kernel/plotly.ts";
import { SIDES, type Side, type Spot } from "./run.ts";
import { plotBox } from "./scene.ts";

const STILL = 4; // so many pixels do not make a drag
const TWICE_MS = 320; // a second click so soon is a double click
const BRIEF_MS = 700; // a longer press is none

export interface Ground {
  clicked(side: Side, event: PointerEvent): void;
  twice(): void; // what was clicked was the first half of a double click
  once(): void; // it was not
}

interface Press {
  readonly side: Side;
  readonly at: Spot;
  readonly time: number;
}

const sideOf = (target: EventTarget | null): Side | null =>
  target instanceof Element && isGround(target)
    ? (SIDES.find((side) => plotBox(side)?.contains(target)) ?? null)
    : null;

// Effect: clicks are told, from now on.
export function listen({ clicked, twice, once }: Ground): void {
  let pressed: Press | null = null;
  let waiting = 0; // for a second click

  function down(event: PointerEvent): void {
    const side = event.isPrimary && event.button === 0 ? sideOf(event.target) : null;
    pressed = side && { side, at: [event.clientX, event.clientY], time: event.timeStamp };
    if (waiting) {
      window.clearTimeout(waiting);
      waiting = 0;
      if (side) {
        pressed = null;
        twice();
      } else {
        once();
      }
    }
  }

  function up(event: PointerEvent): void {
    const press = pressed;
    pressed = null;
    if (press && isClick(press, event)) {
      clicked(press.side, event);
      waiting = window.setTimeout(() => {
        waiting = 0;
        once();
      }, TWICE_MS);
    }
  }

  document.addEventListener("pointerdown", down, true);
  document.addEventListener("pointerup", up, true);
  document.addEventListener("pointercancel", () => (pressed = null), true);
}

const isClick = ({ at, time }: Press, { clientX, clientY, timeStamp }: PointerEvent): boolean =>
  Math.hypot(clientX - at[0], clientY - at[1]) <= STILL && timeStamp - time < BRIEF_MS;
