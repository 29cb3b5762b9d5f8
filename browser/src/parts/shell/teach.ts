// The link for a class: the state on the screen, with what the teacher hides, locks and shows.

import { ids, type State, teaching } from "../../contract.ts";
import { copyText } from "../../kernel/clipboard.ts";
import { context, keep, set, type Unchanged } from "../../kernel/dash.ts";
import { listed, toQuery } from "../../kernel/link.ts";
import { find, onPress } from "../../kernel/page.ts";
import { go, onLeave } from "./address.ts";
import { forgetShort, listen as listenForShort } from "./short_link.ts";

interface Choice {
  readonly key: string;
}

export const open = (clicks: number | null): true | Unchanged => (clicks ? true : keep());

export function link(
  opened: boolean,
  present: boolean,
  clean: boolean,
  values: readonly string[],
  choices: readonly Choice[],
  state: State,
): string | Unchanged {
  forgetShort();
  if (!opened) {
    return keep();
  }
  const chosen = (what: string) =>
    choices.filter((_, i) => values[i] === what).map(({ key }) => key);
  const offered = new Set(choices.map(({ key }) => key));
  const others = (list: unknown) => listed(list).filter((key) => !offered.has(key));
  const search = toQuery({
    ...state,
    hide: [...others(state.hide), ...chosen("hide")],
    lock: [...others(state.lock), ...chosen("lock")],
    present: present ? 1 : 0,
    clean: clean ? 1 : 0,
  });
  return window.location.origin + window.location.pathname + search;
}

// What a press on one of the usual choices makes of every row.
export function preset(
  clicks: readonly (number | null)[],
  choices: readonly Choice[],
): (string | Unchanged)[] {
  const pressed = context().triggered_id;
  const name = typeof pressed === "object" && clicks.some(Boolean) ? pressed.name : "";
  const found = Object.entries(teaching.presets).find(([known]) => known === name)?.[1];
  return choices.map(({ key }) => (found ? chosenFor(key, found) : keep()));
}

interface Preset {
  readonly free: readonly string[];
  readonly hide: readonly string[];
}

export function chosenFor(key: string, { free, hide }: Preset): string {
  const parts: readonly string[] = teaching.parts;
  if (hide.includes(key)) {
    return "hide";
  }
  return free.includes(key) || parts.includes(key) ? "show" : "lock";
}

export function copy(clicks: number | null, text: string): void {
  if (clicks) {
    copyText(text, (words) => set(ids.TEACH_SAID, { children: words }));
  }
}

export function leave(clicks: number | null, state: State): void {
  if (clicks) {
    go(toQuery({ ...state, present: 0 }));
  }
}

// Effect: a button shows what does not fit on the one screen of a presentation, and hides it.
export function listen(): void {
  listenForShort();
  const show = (more: boolean) => {
    document.body.classList.toggle("more", more);
    find(ids.PRESENT_MORE)?.setAttribute("aria-pressed", String(more));
    window.dispatchEvent(new Event("resize"));
  };
  onPress(ids.TEACH_TRY, () => {
    const field = find(ids.TEACH_LINK);
    if (field instanceof HTMLTextAreaElement) {
      window.open(field.value, "_blank", "noopener");
    }
  });
  onPress(ids.PRESENT_MORE, () => show(!document.body.classList.contains("more")));
  onLeave(() => show(false));
}
