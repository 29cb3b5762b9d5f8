// Tables: cells made from the rows that the server sends, and headings that sort. All of it is
// text: nothing of a user's file becomes markup.

import { ids, opens } from "../contract.ts";
import { keep, set, type Unchanged } from "../kernel/dash.ts";
import { around, find, make, onClick } from "../kernel/page.ts";

// One page of a table: columns as name and whether numeric, rows of cells, and how it is sorted.
export interface Page {
  readonly columns: readonly (readonly [name: string, numeric: boolean])[];
  readonly rows: readonly (readonly string[])[];
  readonly by: number | null;
  readonly descending: boolean;
  readonly links?: readonly (readonly [href: string, name: string])[]; // of the first cells
}

// Effect: replaces the table; returns how many rows there are. A heading that had the keyboard's
// focus keeps it.
export function fill(page: Page | null, id: { readonly name: string }): string | Unchanged {
  const box = page && find(ids.table(id.name));
  if (!page || !box) {
    return keep();
  }
  const active = document.activeElement;
  const focused =
    active instanceof HTMLElement && box.contains(active) ? active.dataset.column : null;
  const heads = page.columns.map((_, i) => headOf(page, i));
  const rows = page.rows.map((row, at) =>
    make("tr", {}, ...row.map((cell, i) => cellOf(page, cell, i, at))),
  );
  const [top, body] = [make("thead", {}, make("tr", {}, ...heads)), make("tbody", {}, ...rows)];
  box.replaceChildren(make("table", { class: "data-table" }, top, body));
  if (focused) {
    box.querySelector<HTMLElement>(`.sort-head[data-column="${focused}"]`)?.focus();
  }
  return String(page.rows.length);
}

const classOf = (page: Page, i: number): string => (page.columns[i]?.[1] ? "numeric" : "");

function cellOf(page: Page, cell: string, i: number, at: number): HTMLElement {
  const link = i === 0 ? page.links?.[at] : undefined;
  if (link) {
    // One stop of the Tab key for all rows: arrows lead from row to row.
    const attributes = { href: link[0], "aria-label": link[1], tabindex: at === 0 ? 0 : -1 };
    return make("td", { class: classOf(page, i) }, make("a", attributes, cell));
  }
  return make("td", { class: classOf(page, i) }, cell);
}

function headOf(page: Page, i: number): HTMLElement {
  const sorted = page.descending ? "descending" : "ascending";
  const sorting = page.by === i ? sorted : "none";
  const arrow = make("span", { class: `sort-arrow ${sorting}`, "aria-hidden": "true" });
  const attributes = { type: "button", class: "sort-head", "data-column": i };
  const button = make("button", attributes, page.columns[i]?.[0] ?? "", arrow);
  return make("th", { class: classOf(page, i), scope: "col", "aria-sort": sorting }, button);
}

// A click on a heading sorts the table: up, then down. The server does the sorting, so that all
// rows take part.
export function listen(): void {
  listenToArrows();
  onClick(".sort-head", (head) => {
    const name = head.closest<HTMLElement>("[data-table]")?.dataset.table;
    if (name === undefined) {
      return;
    }
    const by = Number(head.dataset.column);
    const descending = head.closest("th")?.getAttribute("aria-sort") === "ascending";
    set(ids.table_page(name), { value: 1 });
    set(ids.table_order(name), { data: { by, descending } });
  });
}

// Effect: in a column of links the arrow keys move the focus, and with it where Tab comes back to.
function listenToArrows(): void {
  document.addEventListener("keydown", (event) => {
    const link = around<HTMLAnchorElement>(event, ".data-table td > a");
    const by = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" } as const;
    const row = link?.closest("tr")?.[by[event.key as keyof typeof by]];
    const next = row?.querySelector<HTMLAnchorElement>("td > a");
    if (link && next) {
      event.preventDefault();
      link.tabIndex = -1;
      next.tabIndex = 0;
      next.focus();
    }
  });
}

// The setting that opens the table of posteriors, with or without it.
export function remember(opened: string | null, before: unknown): string {
  const names = String(before || "").split(",");
  const kept = names.filter((name) => name && name !== opens.posteriors);
  return (opened === "open" ? [opens.posteriors, ...kept] : kept).join(",");
}
