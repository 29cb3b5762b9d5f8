// What answers come to, as bars: for options, and for numbers.

import type { ClassQuestion, ClassTally } from "../../contract.ts";
import { make } from "../../kernel/page.ts";

const MOST_BARS = 24; // beyond, numbers share a bar with their neighbours
const BINS = 12;

export interface Bar {
  readonly label: string;
  readonly count: number;
}

const short = (value: number): string => String(Number(value.toPrecision(4)));

// One bar for each option, or for each number that was given; few numbers share one if need be.
export function bars(question: ClassQuestion, tally: ClassTally): Bar[] {
  if (tally.counts) {
    return question.options.map((label, i) => ({ label, count: tally.counts?.[i] ?? 0 }));
  }
  const values = (tally.values ?? []).map(([value = 0, count = 0]) => ({ value, count }));
  if (values.length <= MOST_BARS) {
    return values.map(({ value, count }) => ({ label: short(value), count }));
  }
  const [low, high] = [values[0]?.value ?? 0, values.at(-1)?.value ?? 1];
  const width = (high - low) / BINS;
  const bin = (value: number): number => Math.min(BINS - 1, Math.floor((value - low) / width));
  return Array.from({ length: BINS }, (_, i) => ({
    label: `${short(low + i * width)} to ${short(low + (i + 1) * width)}`,
    count: values.filter(({ value }) => bin(value) === i).reduce((sum, one) => sum + one.count, 0),
  }));
}

// `mine`: the label of the bar that a pupil's own answer is in.
export function histogram(question: ClassQuestion, tally: ClassTally, mine = ""): HTMLElement {
  const found = bars(question, tally);
  const most = Math.max(1, ...found.map(({ count }) => count));
  const rows = found.map(({ label, count }) => {
    const fill = make("span", { class: "class-fill" });
    fill.style.width = `${(100 * count) / most}%`;
    const own = label === mine ? " (yours)" : "";
    return make(
      "li",
      { class: "class-bar-row" },
      make("span", { class: "class-bar-label" }, label + own),
      make("span", { class: "class-track" }, fill),
      make("span", { class: "class-count" }, String(count)),
    );
  });
  return make("ul", { class: "class-histogram" }, ...rows);
}
