// What stands above the plots while points are edited: what can be done, and what has been.

import { ids } from "../../contract.ts";
import { find, make } from "../../kernel/page.ts";
import type { Run, Spot } from "./run.ts";

const HINT =
  "Click an empty place to add a point, drag a point to move it, click a point to remove it. Then " +
  "go on: both methods start from k-means’ centres of this step.";
const UNUSABLE =
  "Points can be edited when the data have exactly two columns, none of them bent by a transform, " +
  "and the plot shows them. Choose two columns on the left.";
const ONE_COLUMN =
  "Points of one column cannot be edited: they would become a drawing, and drawings have two " +
  "columns. Of data with two columns they can. Centres can be dragged here, too.";

export interface Orders {
  typed(spot: Spot): void; // in plot coordinates
  undo(): void;
  goOn(): void;
}

const panel = (): HTMLElement | null => find(ids.STEPS_POINTS);

// Effect: the panel is on the page; without columns it says why nothing can be done.
export function show({ columns, line }: Run, orders: Orders): void {
  const said = make("p", { class: "hint steps-points-said", role: "status" });
  const hint = make("p", { class: "hint" }, columns ? HINT : line ? ONE_COLUMN : UNUSABLE);
  const box = panel();
  if (box) {
    box.replaceChildren(hint, ...(columns ? tools(columns, orders) : []), said);
    box.hidden = false;
  }
}

export function hide(): void {
  const box = panel();
  if (box) {
    box.hidden = true;
  }
}

export function say(text: string): void {
  panel()?.querySelector(".steps-points-said")?.replaceChildren(text);
}

function tools(columns: readonly string[], { typed, undo, goOn }: Orders): HTMLElement[] {
  const fields = columns.map((name) =>
    make("input", {
      class: "centre-input",
      type: "number",
      step: "any",
      placeholder: name,
      "aria-label": `New point, ${name}`,
    }),
  );
  const add = button("Add", "quiet", () => {
    const [x, y] = fields.map(({ value }) => (value === "" ? Number.NaN : Number(value)));
    if (Number.isFinite(x) && Number.isFinite(y)) {
      typed([Number(x), Number(y)]);
      fields.forEach((field) => {
        field.value = "";
      });
      fields[0]?.focus();
    }
  });
  const go = button("Go on with these points", "", goOn);
  go.id = ids.STEPS_GO_ON;
  const line = make("div", { class: "centre-field" }, ...fields, add);
  return [line, button("Undo", "quiet", undo), go];
}

function button(label: string, kind: string, act: () => void): HTMLElement {
  const node = make("button", { class: `player-wide ${kind}`.trim(), type: "button" }, label);
  node.addEventListener("click", act);
  return node;
}
