// The columns in the panel: what is done to each, and buttons that cure what stands out.

import { type ColumnTransforms, type DataPanel, ids, type Key } from "../../contract.ts";
import { type Id, type Props, set } from "../../kernel/dash.ts";
import { sameValue } from "../../kernel/link.ts";
import { around, find, make, onClick, spelt } from "../../kernel/page.ts";
import { now } from "../../kernel/store.ts";
import { onLeave } from "../shell/address.ts";
import { fillBy } from "../shell/answers.ts";
import { columnOf, kindOf, transforms, withTransform, written } from "./column_transforms.ts";

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

const filled = new Map<string, Props>(); // what the server said last of each part
onLeave(() => filled.clear());

// Whether a part is so already: to set it once more would cost a round through all components.
// Words may have been others' in between.
function isSo(id: Id, props: Props): boolean {
  const { children } = props;
  const others = typeof children === "string" && find(id)?.textContent !== children;
  return !others && sameValue(filled.get(spelt(id)), props);
}

// Effect: what the server says of the data stands in the panel; nothing, where it refused. Of one
// column the page has other words, and not what acts on a plane alone (own.css).
function fill(told: DataPanel | null): void {
  for (const [id, props] of told?.parts ?? []) {
    if (!isSo(id, props)) {
      filled.set(spelt(id), props);
      set(id, props);
    }
  }
  if (told) {
    document.body.classList.toggle("one-column", told.line);
    show(told.transforms);
  }
}

// Effect: one row for each column. Rows stay as they are while the columns do, so that the
// keyboard's focus stays where it is.
function show(told: ColumnTransforms): void {
  const place = find(ids.COLUMN_ROWS);
  if (place) {
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

function row(name: string, kinds: ColumnTransforms["kinds"]): HTMLElement {
  const select = make("select", { "data-column": name, "aria-label": `Transform ${name}` });
  for (const [value, words] of kinds) {
    select.add(new Option(words, value));
  }
  return make("label", {}, make("span", {}, name), select);
}

// Effect: choices in the rows are heard, and so is one click that sets what cures a doubt.
export function listen(): void {
  fillBy("data", (answer) => fill(answer as DataPanel | null));
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
