// The columns in the panel: what is done to each, and buttons that cure what stands out.

import { ids, type Key } from "../../contract.ts";
import { set } from "../../kernel/dash.ts";
import { around, find, make, onClick } from "../../kernel/page.ts";
import { now } from "../../kernel/store.ts";
import { columnOf, kindOf, transforms, withTransform, written } from "./column_transforms.ts";

// What the server says of them: kinds as value and words, and what is chosen for which column.
interface Told {
  readonly columns: readonly string[];
  readonly kinds: readonly (readonly [string, string])[];
  readonly chosen: Readonly<Record<string, string>>;
  readonly locked: boolean;
}

const KEY = "transform" satisfies Key;

const setControl = (key: string, value: unknown): void => set(ids.control(key), { value });

// Several at once are set one upon the other: the state follows only afterwards.
function choose(wishes: readonly (readonly [column: string, kind: string])[]): void {
  let items = transforms(now()?.[KEY]);
  for (const [column, kind] of wishes) {
    items = withTransform(items, column, kind);
  }
  setControl(KEY, written(items));
}

// Effect: one row for each column. Rows stay as they are while the columns do, so that the
// keyboard's focus stays where it is.
export function show(told: Told | null): void {
  const place = find(ids.COLUMN_ROWS);
  if (place && told) {
    const names = JSON.stringify(told.columns);
    if (place.dataset.columns !== names) {
      place.dataset.columns = names;
      place.replaceChildren(...told.columns.map((name) => row(name, told.kinds)));
    }
    for (const select of place.querySelectorAll("select")) {
      select.value = told.chosen[select.dataset.column ?? ""] ?? "";
      select.disabled = told.locked;
    }
  }
}

function row(name: string, kinds: Told["kinds"]): HTMLElement {
  const select = make("select", { "data-column": name, "aria-label": `Transform ${name}` });
  for (const [value, words] of kinds) {
    select.add(new Option(words, value));
  }
  return make("label", {}, make("span", {}, name), select);
}

// Effect: choices in the rows are heard, and so is one click that sets what cures a doubt.
export function listen(): void {
  document.addEventListener("change", (event) => {
    const select = around<HTMLSelectElement>(event, `#${ids.COLUMN_ROWS} select`);
    if (select) {
      choose([[select.dataset.column ?? "", select.value]]);
    }
  });
  onClick(".column-cure", (button) => cure(JSON.parse(button.dataset.settings ?? "{}")));
}

function cure(settings: Readonly<Record<string, unknown>>): void {
  for (const [key, value] of Object.entries(settings)) {
    if (key === KEY && Array.isArray(value)) {
      choose(value.map((item) => [columnOf(item), kindOf(item)]));
    } else {
      setControl(key, typeof value === "number" ? String(value) : value); // text fields hold numbers
    }
  }
}
