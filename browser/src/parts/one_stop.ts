// Controls that belong together as one stop of the keyboard: arrows lead from one to the next, Home
// and End to the first and the last, as in any toolbar.

type Turn = (at: number, all: number) => number;

const on: Turn = (at, all) => (at + 1) % all;
const back: Turn = (at, all) => (at + all - 1) % all;
const ENDS: Readonly<Record<string, Turn>> = { Home: () => 0, End: (_, all) => all - 1 };
const ACROSS: Readonly<Record<string, Turn>> = { ArrowRight: on, ArrowLeft: back, ...ENDS };
const DOWN: Readonly<Record<string, Turn>> = { ArrowDown: on, ArrowUp: back, ...ENDS };

function stopAt(items: readonly HTMLElement[], stop: HTMLElement | undefined): void {
  for (const item of items) {
    const wanted = item === stop ? 0 : -1;
    if (item.getAttribute("tabindex") !== String(wanted)) {
      item.tabIndex = wanted;
    }
  }
}

// Effect: one of them is a stop: that which was, if it is among them.
export function tidy(items: readonly HTMLElement[]): void {
  const before = items.find((item) => item.getAttribute("tabindex") === "0");
  stopAt(items, before ?? items[0]);
}

// Effect: this one is.
export const stop = (items: readonly HTMLElement[], item: HTMLElement): void => stopAt(items, item);

// Effect: a key that leads from `item` to another of them has done so. Returns whether it was one.
export function lead(
  event: KeyboardEvent,
  items: readonly HTMLElement[],
  item: HTMLElement,
  down = false,
): boolean {
  const next = (down ? DOWN : ACROSS)[event.key];
  if (!next || event.ctrlKey || event.metaKey || event.altKey) {
    return false;
  }
  const found = items[next(items.indexOf(item), items.length)];
  stopAt(items, found);
  found?.focus();
  event.preventDefault();
  return true;
}
