// The list of centres placed by hand: a field for each coordinate, and what is said beside them.

import { ids } from "../../contract.ts";
import { find, make } from "../../kernel/page.ts";
import { originals } from "./placing.ts";
import { type Run, spotOf } from "./run.ts";

const HINT =
  "Where both methods start. Type positions, drag the centres in either plot, or move them with the " +
  "arrow keys. Numbers are those of this list.";
const axesOf = ({ line }: Run): readonly (0 | 1)[] => (line ? [0] : [0, 1]);

interface Orders {
  typed(j: number, x: number, y: number): void; // in original values
  run(): void;
}

const panel = (): HTMLElement | null => find(ids.STEPS_CENTRES);
const nameOf = (j: number, axis: number): string => `${j}-${axis}`;
const fieldOf = (j: number, axis: number): HTMLInputElement | null =>
  document.querySelector<HTMLInputElement>(`[data-field="${nameOf(j, axis)}"]`);

// How many centres are listed.
export const count = (): number => panel()?.querySelectorAll(".centre-field").length ?? 0;

export function hide(): void {
  const box = panel();
  if (box) {
    box.hidden = true;
  }
}

// Effect: the list is on the page, with a field for every centre of the run.
export function build(run: Run, orders: Orders): void {
  const box = panel();
  if (!box) {
    return;
  }
  box.hidden = false;
  if (isTyping(box) && count() === run.k) {
    return; // a run that arrives must not take the text out of somebody's hands
  }
  const rows = Array.from({ length: run.k }, (_, j) => rowOf(run, j, orders));
  const go = make(
    "button",
    { class: "player-wide", type: "button", id: ids.STEPS_RUN },
    "Run from here",
  );
  go.addEventListener("click", orders.run);
  box.replaceChildren(
    make("p", { class: "hint" }, HINT),
    make("div", { class: "centre-fields" }, ...rows),
    go,
  );
}

const isTyping = (box: HTMLElement): boolean => {
  const focus = document.activeElement;
  return focus instanceof HTMLElement && box.contains(focus) && Boolean(focus.dataset.field);
};

function rowOf(run: Run, j: number, { typed }: Orders): HTMLElement {
  const mark = make("span", { class: "centre-mark" }, String(j + 1));
  mark.style.borderColor = run.look.muted;
  // One column has no second field.
  const change = () => typed(j, Number(fieldOf(j, 0)?.value), Number(fieldOf(j, 1)?.value ?? 0));
  const axes = axesOf(run);
  const fields = axes.map((axis) => {
    const way = axis ? ", vertical" : axes.length > 1 ? ", horizontal" : "";
    const field = make("input", {
      class: "centre-input",
      type: "number",
      step: "any",
      "data-field": nameOf(j, axis),
      "aria-label": `Centre ${j + 1}${way}: ${run.titles[axis]}`,
    });
    field.addEventListener("change", change);
    return field;
  });
  return make("div", { class: "centre-field" }, mark, ...fields);
}

// Effect: the numbers of one centre follow the run; a field with the focus keeps what is in it.
export function fill(run: Run, j: number): void {
  const numbers = originals(run, spotOf(run.start, j));
  for (const axis of axesOf(run)) {
    const field = fieldOf(j, axis);
    if (field && document.activeElement !== field) {
      field.value = String(numbers[axis]);
    }
  }
}
