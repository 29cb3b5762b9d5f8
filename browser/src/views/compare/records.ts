// One row in full. All of it is text: cells and names are a user's.

import { ids, type RowRecord as Row } from "../../contract.ts";
import { keep, type Unchanged } from "../../kernel/dash.ts";
import { find, make } from "../../kernel/page.ts";
import { bar, pair, percent, title } from "../../parts/plots/point_card.ts";

const ALL = 9; // up to so many groups each has its bar
const LEAST = 0.005; // of more, only shares that can be seen

// Effect: the record stands beside the list; nothing is there before a row is chosen.
export function show(row: Row | null): string | Unchanged {
  const box = find(ids.ROWS_RECORD_BOX);
  if (!box) {
    return keep();
  }
  const other = String(row?.row ?? "") !== box.dataset.row;
  box.replaceChildren(...(row ? partsOf(row) : []));
  if (row && other) {
    box.scrollIntoView({ block: "nearest" });
  }
  return row ? String(row.row) : "";
}

const partsOf = (row: Row): HTMLElement[] => [
  make(
    "div",
    { class: "record-head" },
    make("h2", { "aria-live": "polite" }, row.name),
    turn("Previous row", row.row - 1, row.row > 0),
    turn("Next row", row.row + 1, row.row < row.of - 1),
  ),
  ...[row.place, row.said].filter(Boolean).map((text) => make("p", { class: "hint" }, text)),
  ...(row.results.length ? [title("What the fits say")] : []),
  ...row.results.map(([name, value]) => pair(name, value)),
  ...(row.shares.length ? [title("Posterior")] : []),
  ...barsOf(row),
  title("The row itself"),
  make(
    "div",
    { class: "record-cells", tabindex: 0, role: "group", "aria-label": "All columns of the row" },
    ...row.cells.map(([name, value]) => pair(name, value)),
  ),
];

function turn(text: string, to: number, there: boolean): HTMLButtonElement {
  const button = make("button", { type: "button", class: "record-turn", "data-to": to }, text);
  button.disabled = !there;
  return button;
}

function barsOf({ shares }: Row): HTMLElement[] {
  const seen = shares.length > ALL ? shares.filter(([, share]) => share >= LEAST) : shares;
  const widest = Math.min(14, Math.max(2, ...seen.map(([name]) => name.length)));
  return seen.map(([name, share, colour]) => {
    const line = bar(name, share, colour, percent(share));
    line.style.setProperty("--called", `${widest}ch`);
    return line;
  });
}
