// Lessons in the browser: the question before the result, and the ticks of what was answered.

import { ids, type Key, keys, type State } from "../contract.ts";
import { context, keep, set, type Unchanged } from "../kernel/dash.ts";
import { toQuery } from "../kernel/link.ts";
import { find, onClick, onPress, whenThere } from "../kernel/page.ts";
import { hear } from "../kernel/store.ts";
import { defaultsOf } from "../parts/files/own_tables.ts";
import { type At, answers, forget as forgetAll, remember, stepOf } from "../parts/progress.ts";
import { go, navigate, onLeave } from "../parts/shell/address.ts";
import { showPlot } from "../parts/shell/half_sheet.ts";

const SLIDE_MS = 350; // until the list stands still
const LONGEST_MS = 5000; // that a page takes to be there
const RESET = "Start over for another class";
const SURE = "Press again: all answers in this browser will be forgotten";

type Answered = At & { readonly answer: unknown };

// Effect: the results appear; what was drawn behind the curtain is fitted to the page.
function reveal(): void {
  find(ids.SHELL)?.classList.remove("asking");
  const card = find(ids.LESSON);
  card?.classList.add("answered");
  window.setTimeout(() => card?.querySelector(".lesson-body")?.scrollTo({ top: 0 }), 0);
  window.setTimeout(() => window.dispatchEvent(new Event("resize")), 0);
  showPlot();
}

// Effect: ticks in the catalogue, what a finished lesson was about, and where to go on.
function tick(): boolean {
  const steps = [...document.querySelectorAll<HTMLElement>("[data-step]")];
  const done = answers();
  for (const link of steps) {
    link.classList.toggle("done", (link.dataset.step ?? "") in done);
  }
  for (const lesson of document.querySelectorAll(".course > li")) {
    lesson.classList.toggle("learnt", !lesson.querySelector("[data-step]:not(.done)"));
  }
  if (steps.length) {
    sum(steps);
  }
  return steps.length > 0;
}

// Effect: how many steps are answered, and where to go on: after the last of them.
function sum(steps: readonly HTMLElement[]): void {
  const course = steps.filter((link) =>
    link.closest(".course")?.classList.contains("first-course"),
  );
  const isOpen = (link: HTMLElement) => !link.classList.contains("done");
  const last = steps.map(isOpen).lastIndexOf(false);
  const next = steps.slice(last + 1).find(isOpen) ?? steps.find(isOpen);
  const count = (links: readonly HTMLElement[]) =>
    links.filter((link) => link.classList.contains("done")).length;
  const all = count(steps);
  const words = `${count(course)} of ${course.length} steps of the course answered`;
  const more = `, ${all} of ${steps.length} in all.`;
  set(ids.LESSONS_TOTAL, { children: words + more });
  set(ids.LESSONS_RESET, { children: RESET, disabled: all === 0 });
  if (next) {
    const verb = all ? "Continue" : "Begin";
    const href = next.getAttribute("href");
    set(ids.LESSONS_CONTINUE, { children: `${verb}: ${next.title}`, href });
  }
}

// Effect: the list opens at the glossary's entry.
function define(term: string): void {
  set(ids.LESSONS_CATALOGUE, { opened: true });
  whenThere(ids.GLOSSARY, () => {
    tick();
    window.setTimeout(() => {
      const entry = find(term) ?? find(ids.GLOSSARY);
      entry?.scrollIntoView({ block: "start" });
      entry?.focus();
    }, SLIDE_MS);
  });
}

// Effect: the second press forgets what was answered in this browser.
export function listen(): void {
  hear(forget);
  onClick(".help-mark[data-term]", (mark) => define(mark.dataset.term ?? ""));
  let asked = "";
  onPress(ids.LESSONS_RESET, () => {
    const button = find(ids.LESSONS_RESET);
    if (asked === window.location.search && button?.textContent === SURE) {
      forgetAll();
      tick();
      if (find(ids.LESSON)?.classList.contains("answered")) {
        navigate(window.location.search);
      }
    } else {
      asked = window.location.search;
      set(ids.LESSONS_RESET, { children: SURE });
    }
  });
}

const heading = (): HTMLElement | null => document.querySelector(".lesson-title");
let left: HTMLElement | null | undefined; // the heading of the page before this one

onLeave(() => {
  left = heading();
});

// Effect: whoever turned to this step goes on reading at its heading, once it is on the page.
function stand(): void {
  if (left === undefined) {
    return;
  }
  const before = left;
  const until = Date.now() + LONGEST_MS;
  left = undefined;
  const look = () => {
    const found = heading();
    if (found && found !== before) {
      found.focus();
    } else if (Date.now() < until) {
      window.requestAnimationFrame(look);
    }
  };
  look();
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
  if (at) {
    stand();
  }
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
// What the defaults would have given holds for the settings it was asked with.
function forget(): void {
  if (find(ids.DEFAULTS_SAID)?.textContent) {
    set(ids.DEFAULTS_SAID, { children: "" });
  }
}
