// The pad by keyboard: select, move, remove, undo.

import { moved, neighbour, type Place, redone, undone, withoutSelected } from "./points.ts";
import { commit, drawn, show, tell } from "./sheet.ts";
import { named } from "./text.ts";

const NUDGE = 0.1; // units of the pad

const ARROWS: Readonly<Record<string, Place>> = {
  ArrowLeft: [-NUDGE, 0],
  ArrowRight: [NUDGE, 0],
  ArrowUp: [0, NUDGE],
  ArrowDown: [0, -NUDGE],
};
const TURNS: Readonly<Record<string, 1 | -1>> = { PageUp: -1, PageDown: 1 };
const REMOVE = ["Delete", "Backspace"];

// Effect: a canvas hears the keyboard.
export function attachKeys(box: HTMLCanvasElement): void {
  box.addEventListener("keydown", (event) => {
    const act = actionOf(event);
    if (act) {
      act();
      event.preventDefault();
    }
  });
}

function actionOf(event: KeyboardEvent): (() => void) | null {
  if (event.ctrlKey || event.metaKey) {
    return historyOf(event.key.toLowerCase(), event.shiftKey);
  }
  const turn = TURNS[event.key];
  if (turn) {
    return () => select(turn);
  }
  return drawn().selected < 0 ? null : ofSelected(event.key);
}

function historyOf(letter: string, shift: boolean): (() => void) | null {
  if (letter === "y" || (letter === "z" && shift)) {
    return stepForward;
  }
  return letter === "z" ? stepBack : null;
}

function ofSelected(key: string): (() => void) | null {
  const by = ARROWS[key];
  if (by) {
    return () => nudge(by);
  }
  return REMOVE.includes(key) ? () => commit(withoutSelected(drawn()), "Removed.") : null;
}

function nudge([dx, dy]: Place): void {
  const [x, y] = drawn().points[drawn().selected] ?? [0, 0];
  const points = moved(drawn(), [x + dx, y + dy]);
  const [newX, newY] = points[drawn().selected] ?? [];
  commit(points, `Moved to ${newX}, ${newY}.`);
}

function select(step: 1 | -1): void {
  if (drawn().points.length) {
    show({ ...drawn(), selected: neighbour(drawn(), step) });
    tell(`Selected ${named(drawn())}.`);
  }
}

export function stepBack(): void {
  const before = undone(drawn());
  if (before) {
    show(before);
    tell("Undone.");
  }
}

export function stepForward(): void {
  const after = redone(drawn());
  if (after) {
    show(after);
    tell("Done again.");
  }
}
