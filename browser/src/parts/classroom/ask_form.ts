// The form in which a teacher writes a question for the class.

import { type ClassQuestion, classes } from "../../contract.ts";
import { toQuery } from "../../kernel/link.ts";
import { make } from "../../kernel/page.ts";
import { now } from "../../kernel/store.ts";
import { button, heading, showCard } from "./place.ts";
import { bounds } from "./points.ts";

export type Wanted =
  | { readonly lesson: string; readonly part: number }
  | { readonly kind: string; readonly prompt: string; readonly why: string; readonly link: string }
  | (Partial<ClassQuestion> & { readonly kind: string; readonly why: string });

// Asks; what is wrong with it comes back, or nothing.
type Ask = (question: Wanted) => Promise<string>;

const FIND = "Who finds the best start?";
const KINDS: readonly (readonly [string, string])[] = [
  [classes.choice, "Choose one of a few"],
  [classes.number, "Give a number, such as K"],
  [classes.point, "Point at a place on the plot"],
  [classes.start, "Draw or drag a start, to see where all end"],
];

export function showAskForm(ask: Ask): void {
  const said = make("p", { class: "class-said", role: "alert" });
  const kind = make("select", { "aria-label": "Kind of answer" });
  kind.append(...KINDS.map(([value, text]) => make("option", { value }, text)));
  const prompt = make("input", { type: "text", maxlength: 400, placeholder: "Your question" });
  const options = make("textarea", { rows: 4, placeholder: "Left and right\nTop and bottom" });
  const [low, high] = [1, 10].map((value) => make("input", { type: "number", value, step: "any" }));
  const whole = make("input", { type: "checkbox", checked: "" });
  const why = make("textarea", { rows: 2, maxlength: 3000 });
  const most = `Options, one a line (2 to ${classes.mostOptions})`;
  const parts = {
    [classes.choice]: labelled(most, options),
    [classes.number]: make(
      "div",
      { class: "class-form" },
      labelled("From", low as HTMLElement),
      labelled("To", high as HTMLElement),
      make("label", { class: "class-check" }, whole, "Whole numbers"),
    ),
  };
  const show = (): void => {
    for (const [name, part] of Object.entries(parts)) {
      part.hidden = name !== kind.value;
    }
  };
  kind.addEventListener("change", show);
  show();
  const read = (): Wanted => {
    const common = { kind: kind.value, prompt: prompt.value, why: why.value };
    if (kind.value === classes.choice) {
      return { ...common, options: options.value.split("\n").map(trim).filter(Boolean) };
    }
    if (kind.value === classes.start) {
      const state = now();
      return { ...common, prompt: prompt.value || FIND, link: state ? toQuery({ ...state }) : "" };
    }
    return kind.value === classes.number
      ? { ...common, x: [low, high].map((one) => Number(one?.value)), whole: whole.checked }
      : { ...common, ...bounds() };
  };
  const put = async (question: Wanted): Promise<void> => said.replaceChildren(await ask(question));
  showCard(
    heading("Ask the class", () => showCard()),
    ...ofLesson(put),
    labelled("Question", prompt),
    labelled("Answers", kind),
    ...Object.values(parts),
    labelled("Explanation, shown when you say so (may be empty)", why),
    button("Put it to the class", () => void put(read()), "filled"),
    said,
  );
  prompt.focus();
}

const trim = (text: string): string => text.trim();

const labelled = (words: string, field: HTMLElement): HTMLElement =>
  make("label", { class: "class-label" }, words, field);

// The question of the lesson that is open, if one is.
function ofLesson(put: (question: Wanted) => Promise<void>): HTMLElement[] {
  const state = now();
  if (!state?.lesson) {
    return [];
  }
  const question = { lesson: state.lesson, part: Number(state.part) };
  return [
    button("Put this lesson's question to the class", () => void put(question), "filled"),
    make("p", { class: "hint" }, "Or one of your own:"),
  ];
}
