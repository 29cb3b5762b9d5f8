// A hand on a control that is live: what it wants, and when it lets go. What sets a control without
// a hand is answered by the page as ever.

import { ids, type Key, live, type Setting, settings } from "../../contract.ts";
import { find } from "../../kernel/page.ts";
import { now } from "../../kernel/store.ts";

export type Value = number | string;

export interface Followed {
  // It has come, and may want one of these; `early`: it is over the control, and has not pressed.
  near(key: Key, values: readonly Value[], early?: boolean): void;
  follow(key: Key, value: Value): void;
  release(): void;
}

const VALUE = "aria-valuenow";
const AHEAD = 3; // values to either side
const RESTS = 50; // milliseconds in one place after which a mouse is not on its way elsewhere
const STEPS: Readonly<Partial<Record<Key, number>>> = live.steps;
const SLIDERS = Object.keys(live.steps) as Key[];
const CHOICES: readonly Key[] = live.choices;
const NUMBERS: readonly Key[] = live.numbers;

let held: Key | null = null; // the slider under a pointer that is down
let last: Key | null = null; // the one that was: it may tell its last value after the pointer is up

export const isHeld = (): boolean => held !== null;

const within = (keys: readonly Key[], node: EventTarget | null): Key | null =>
  keys.find((key) => node instanceof Node && find(ids.control(key))?.contains(node)) ?? null;

export function hear(followed: Followed): void {
  hearSliders(followed);
  hearPointer(followed);
  hearMouse(followed);
  hearChoices(followed);
  hearNumbers(followed);
}

// Every value that a hand gives a slider, by pointer or keys.
function hearSliders({ follow }: Followed): void {
  const told = (changes: MutationRecord[]) => {
    for (const { target } of changes) {
      const key = within(SLIDERS, target);
      if (key && (last === key || target.contains(document.activeElement))) {
        follow(key, numberOf(target as Element, VALUE));
      }
    }
  };
  new MutationObserver(told).observe(document.documentElement, {
    subtree: true,
    attributeFilter: [VALUE],
  });
}

function hearPointer({ near, release }: Followed): void {
  const up = () => {
    held = null;
    window.setTimeout(release); // after the slider has told Dash
  };
  document.addEventListener("pointerup", up, true);
  document.addEventListener("pointercancel", up, true);
  document.addEventListener(
    "pointerdown",
    ({ target }) => {
      held = within(SLIDERS, target);
      last = held;
      // A press beside the thumb moves it elsewhere at once.
      if (held && target instanceof Element && target.closest(`[${VALUE}]`)) {
        near(held, neighbours(held));
      }
    },
    true,
  );
}

// A mouse that comes to a slider is there some tenths of a second before it presses; where it rests
// beside the thumb, or on a choice, it is the value there that it will want.
function hearMouse({ near }: Followed): void {
  let over: Key | null = null;
  let rests = 0;
  document.addEventListener(
    "pointerover",
    ({ target, pointerType }) => {
      const key = pointerType === "mouse" && !held ? within(SLIDERS, target) : over;
      if (key && key !== over) {
        near(key, neighbours(key), true);
      }
      over = key;
    },
    true,
  );
  document.addEventListener(
    "pointermove",
    ({ target, pointerType, clientX }) => {
      window.clearTimeout(rests);
      if (pointerType === "mouse" && !held) {
        rests = window.setTimeout(() => {
          const [key, values] = below(target, clientX) ?? [];
          if (key && values && !held) {
            near(key, values, true);
          }
        }, RESTS);
      }
    },
    true,
  );
}

// What a press here would set, and to which values, the likeliest first.
function below(target: EventTarget | null, x: number): [Key, readonly Value[]] | null {
  const [choice, radio] = choiceAt(target) ?? [];
  if (choice && radio) {
    return radio.checked ? null : [choice, [radio.value]];
  }
  const key = within(SLIDERS, target);
  const thumb = key && find(ids.control(key))?.querySelector(`[${VALUE}]`);
  const step = key && STEPS[key];
  if (!thumb?.parentElement || !step || (target instanceof Node && thumb.contains(target))) {
    return null;
  }
  const { left, width } = thumb.parentElement.getBoundingClientRect();
  const [low, high] = [numberOf(thumb, "aria-valuemin"), numberOf(thumb, "aria-valuemax")];
  const value = valueAt((x - left) / width, step, low, high);
  return [key, [value, ...around(value, step, low, high)]];
}

// The value of a slider at a share of its track.
export function valueAt(share: number, step: number, low: number, high: number): number {
  const steps = Math.round((Math.min(Math.max(share, 0), 1) * (high - low)) / step);
  return Math.min(high, Number((low + steps * step).toPrecision(12)));
}

// A press on one of a row of buttons is known from its beginning.
function hearChoices({ near, follow }: Followed): void {
  document.addEventListener(
    "pointerdown",
    ({ target }) => {
      const [key, radio] = choiceAt(target) ?? [];
      if (key && radio && !radio.checked) {
        near(key, [radio.value]);
      }
    },
    true,
  );
  document.addEventListener(
    "change",
    ({ target }) => {
      const [key, radio] = choiceAt(target) ?? [];
      if (key && radio) {
        follow(key, radio.value);
      }
    },
    true,
  );
}

function choiceAt(target: EventTarget | null): [Key, HTMLInputElement] | null {
  const key = within(CHOICES, target);
  const label = key && target instanceof Element ? target.closest("label") : null;
  const radio = target instanceof HTMLInputElement ? target : label?.control;
  return key && radio instanceof HTMLInputElement && !radio.disabled ? [key, radio] : null;
}

// What is typed into a field of numbers, or stepped to by its arrows.
function hearNumbers({ follow }: Followed): void {
  const read = ({ target }: Event) => {
    const key = target instanceof Node ? numberAround(target) : null;
    // The field has its new value a moment after the press on an arrow.
    window.setTimeout(() => {
      const value = key && numberIn(key);
      if (key && value !== null && value !== now()?.[key]) {
        follow(key, value);
      }
    });
  };
  for (const kind of ["input", "keydown", "pointerdown", "pointerup"]) {
    document.addEventListener(kind, read, true);
  }
}

const numberAround = (node: Node): Key | null =>
  NUMBERS.find((key) => find(ids.wrapper(key))?.contains(node)) ?? null;

// A number within its bounds, as the server takes it.
function numberIn(key: Key): number | null {
  const field = find(ids.control(key));
  const { low = -Infinity, high = Infinity }: Setting = settings[key];
  const text = field instanceof HTMLInputElement && !field.disabled ? field.value.trim() : "";
  const value = Number(text);
  return text !== "" && value >= low && value <= high ? value : null;
}

// The values around a slider's own, the nearest first; of two as near, that to which it came.
export function neighbours(key: Key, before?: Value): number[] {
  const thumb = find(ids.control(key))?.querySelector(`[${VALUE}]`);
  const step = STEPS[key];
  return thumb && step !== undefined
    ? around(
        numberOf(thumb, VALUE),
        step,
        numberOf(thumb, "aria-valuemin"),
        numberOf(thumb, "aria-valuemax"),
        typeof before === "number" && before > numberOf(thumb, VALUE),
      )
    : [];
}

export function around(
  value: number,
  step: number,
  low: number,
  high: number,
  falls = false,
): number[] {
  const steps = Array.from({ length: AHEAD }, (_, i) => (falls ? -1 : 1) * (i + 1) * step);
  return steps
    .flatMap((away) => [value + away, value - away])
    .map((near) => Number(near.toPrecision(12)))
    .filter((near) => near >= low && near <= high);
}

const numberOf = (element: Element, attribute: string): number =>
  Number(element.getAttribute(attribute));
