// The player's keys: space, arrows, Home, End, N, unless they mean something to what has the focus.

export type Action = "play" | "back" | "forward" | "first" | "last" | "event";

const KEYS: Readonly<Record<string, Action>> = {
  " ": "play",
  ArrowLeft: "back",
  ArrowRight: "forward",
  Home: "first",
  End: "last",
  n: "event",
};
const TYPING =
  "input, textarea, select, [contenteditable], [role=slider], [role=tab], [role=combobox], [role=menu]";
const PRESSED = "button, a, summary";

export interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

// What a key asks of the player, given what has the focus.
export function actionOf(pressed: Pressed, target: Element | null): Action | null {
  const action = KEYS[pressed.key];
  const held = pressed.ctrlKey || pressed.metaKey || pressed.altKey;
  return action && !held && !(target && taken(target, pressed.key)) ? action : null;
}

function taken(target: Element, key: string): boolean {
  if (target.matches("input[type=range]")) {
    return key !== " ";
  }
  if (target.matches("input[type=radio]")) {
    return key.startsWith("Arrow");
  }
  if (target.matches("input[type=checkbox]")) {
    return key === " ";
  }
  return target.closest(TYPING) !== null || (key === " " && target.closest(PRESSED) !== null);
}
