// Which steps of lessons were answered, and how: kept in this browser alone.

import { remember as keepText, recall } from "../kernel/storage.ts";

export interface At {
  readonly lesson: string;
  readonly part: number;
}

type Answers = Readonly<Record<string, unknown>>;

const KEPT = "gmm-dash-lessons";

export const stepOf = ({ lesson, part }: At): string => `${lesson}/${part}`;

export function answers(): Answers {
  try {
    return JSON.parse(recall(KEPT) ?? "{}") ?? {};
  } catch {
    return {}; // what is there was not written by this page
  }
}

export const forget = (): void => keepText(KEPT, "{}");

// Effect: a link that begins with a clean slate wipes it, once: the address then says so no more.
export function cleanSlate(): void {
  const asked = new URLSearchParams(window.location.search);
  if (asked.get("clean") === "1") {
    forget();
    asked.set("clean", "0");
    window.history.replaceState(null, "", `${window.location.pathname}?${asked}`);
  }
}

export function remember(at: At, answer: unknown): void {
  keepText(KEPT, JSON.stringify({ ...answers(), [stepOf(at)]: answer }));
}
