// Lessons in the browser: the question before the result, and the ticks of what was answered.

import { ids, type Key, keys, type State } from "../contract.ts";
import { context, keep, type Unchanged } from "../kernel/dash.ts";
import { toQuery } from "../kernel/link.ts";
import { find } from "../kernel/page.ts";
import { defaultsOf } from "../parts/files/own_tables.ts";
import { type At, answers, remember, stepOf } from "../parts/progress.ts";
import { go } from "../parts/shell/address.ts";

type Answered = At & { readonly answer: unknown };

// Effect: the results appear; what was drawn behind the curtain is fitted to the page.
function reveal(): void {
  find(ids.MAIN)?.classList.remove("asking");
  const card = find(ids.LESSON);
  card?.classList.add("answered");
  window.setTimeout(() => card?.querySelector(".lesson-body")?.scrollTo({ top: 0 }), 0);
  window.setTimeout(() => window.dispatchEvent(new Event("resize")), 0);
}

// Effect: ticks in the catalogue.
function tick(): boolean {
  const steps = document.querySelectorAll<HTMLElement>("[data-step]");
  const done = answers();
  for (const link of steps) {
    link.classList.toggle("done", (link.dataset.step ?? "") in done);
  }
  return steps.length > 0;
}

// The list is mounted when it opens.
export function catalogue(clicks: number | null): true | Unchanged {
  if (!clicks) {
    return keep();
  }
  const mounted = new MutationObserver(() => tick() && mounted.disconnect());
  window.setTimeout(() => {
    if (!tick()) {
      mounted.observe(document.body, { childList: true, subtree: true });
    }
  }, 0);
  return true;
}

// A step that was answered before opens with that answer.
export function arrive(at: At | null): [unknown, Answered | Unchanged] {
  const before = at ? answers()[stepOf(at)] : undefined;
  if (!at || before === undefined) {
    return [keep(), keep()];
  }
  reveal();
  return [before === null ? keep() : before, { ...at, answer: before }];
}

const isEmpty = (value: unknown): boolean => value === null || value === undefined || value === "";

// Whether there is nothing yet to check.
export const ready = (value: unknown): boolean => isEmpty(value);

export function answer(
  checked: number | null,
  passed: number | null,
  value: unknown,
  at: At,
): Answered | Unchanged {
  const chosen = context().triggered_id;
  if (!(checked || passed) || !chosen) {
    return keep();
  }
  const given = chosen === ids.LESSON_PASS || isEmpty(value) ? null : value;
  remember(at, given);
  reveal();
  return { ...at, answer: given };
}

export function leave(clicks: number | null, state: State): void {
  if (clicks) {
    go(toQuery({ ...state, ...defaultsOf(keys.ofALesson as readonly Key[]) }));
  }
}

export function fold(clicks: number | null): void {
  if (clicks) {
    find(ids.LESSON)?.classList.toggle("folded");
  }
}

// A sentence about other settings than these is wiped.
export const forget = (): string => "";
