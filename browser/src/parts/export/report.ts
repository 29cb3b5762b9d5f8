// The whole view as one HTML page that needs no network: a document built node by node, so that no
// text of a user becomes markup. Made here because the screen is the only witness of zoom and size.

import { ids, type State } from "../../contract.ts";
import { save } from "../../kernel/download.ts";
import { isShown } from "../../kernel/page.ts";
import { images, picture, plots, type ShownImage, type ShownPlot, stage } from "./pictures.ts";

// One table of the report: the first cell of a row is its heading.
export interface Section {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly [string, ...string[]])[];
}

type Add = <Tag extends keyof HTMLElementTagNameMap>(
  parent: Node,
  tag: Tag,
  text?: string | null,
  attributes?: Readonly<Record<string, string>>,
) => HTMLElementTagNameMap[Tag];

const TITLE = "Mixture explorer: report";

export async function write(state: State, sections: readonly Section[]): Promise<void> {
  const page = document.implementation.createHTMLDocument(TITLE);
  page.documentElement.lang = "en";
  const add = adderTo(page);
  add(page.head, "meta", null, { charset: "utf-8" });
  add(page.head, "meta", null, {
    name: "viewport",
    content: "width=device-width, initial-scale=1",
  });
  add(page.head, "style", STYLE);
  add(page.body, "h1", TITLE);
  about(add, page.body, state);
  for (const text of sentences()) {
    add(page.body, "p", text, { class: "notice" });
  }
  const figures = add(page.body, "div", null, { class: "figures" });
  for (const found of [...images(), ...plots()]) {
    await figureOf(add, figures, found);
  }
  for (const section of sections) {
    table(add, page.body, section);
  }
  save(`<!DOCTYPE html>\n${page.documentElement.outerHTML}`, "text/html", "mixture-report.html");
}

const adderTo =
  (page: Document): Add =>
  (parent, tag, text, attributes = {}) => {
    const node = page.createElement(tag);
    if (text !== undefined && text !== null) {
      node.textContent = text;
    }
    for (const [name, value] of Object.entries(attributes)) {
      node.setAttribute(name, value);
    }
    return parent.appendChild(node);
  };

function about(add: Add, body: Node, state: State): void {
  const line = add(body, "p", `${new Date().toLocaleString()} · `);
  const tab = document.querySelector("[role=tab][aria-selected=true]");
  line.append(`view: ${tab?.textContent ?? state.view} · `);
  add(line, "a", "open these settings again", { href: window.location.href });
}

function sentences(): string[] {
  const notes = document.querySelectorAll<HTMLElement>(`#${ids.DATA_NOTES} p`);
  const said = stage().querySelectorAll<HTMLElement>(".notice, .notes p");
  return [...notes, ...said].filter(isShown).flatMap(({ textContent }) => textContent || []);
}

async function figureOf(add: Add, parent: Node, found: ShownPlot | ShownImage): Promise<void> {
  const { panel, title } = found;
  const figure = add(parent, "figure");
  const badge = panel?.querySelector(".panel-badge")?.textContent;
  add(figure, "h2", badge ? `${title} (${badge})` : title);
  const isImage = "image" in found;
  const src = isImage ? found.image.src : await embedded(found);
  add(figure, "img", null, { src, alt: title });
  const box = isImage ? panel : found.plot.closest("figure");
  const caption = box?.querySelector("figcaption, .caption")?.textContent;
  if (caption) {
    add(figure, "figcaption", caption);
  }
  numbers(add, figure, panel);
}

// A picture as text within the page: images of data URLs with letters outside ASCII do not load.
async function embedded({ plot }: ShownPlot): Promise<string> {
  const source = await picture(plot, "svg");
  const text = decodeURIComponent(source.replace(/^data:image\/svg\+xml,/, ""));
  const letters = [...new TextEncoder().encode(text)].map((byte) => String.fromCharCode(byte));
  return `data:image/svg+xml;base64,${btoa(letters.join(""))}`;
}

function numbers(add: Add, figure: Node, panel: HTMLElement | null): void {
  const found = [...(panel?.querySelectorAll<HTMLElement>(".number") ?? [])].filter(isShown);
  if (!found.length) {
    return;
  }
  const grid = add(figure, "table");
  for (const number of found) {
    const row = add(grid, "tr");
    const [name, value] = [".number-name span", ".number-value"].map(
      (part) => number.querySelector(part)?.textContent,
    );
    add(row, "th", name, { scope: "row" });
    add(row, "td", value);
  }
}

function table(add: Add, body: Node, { title, head, rows }: Section): void {
  add(body, "h2", title);
  const grid = add(body, "table", null, { class: title.toLowerCase().split(/\W/)[0] ?? "" });
  if (head.length) {
    const top = add(grid, "tr");
    for (const name of head) {
      add(top, "th", name, { scope: "col" });
    }
  }
  for (const [first, ...cells] of rows) {
    const row = add(grid, "tr");
    add(row, "th", first, { scope: "row" });
    for (const cell of cells) {
      add(row, "td", cell);
    }
  }
}

const STYLE = `
    body { font: 15px/1.5 system-ui, sans-serif; color: #1b1f24; background: #fff; max-width: 1080px; margin: 24px auto; padding: 0 16px; }
    h1 { font-size: 22px; } h2 { font-size: 17px; margin: 20px 0 6px; }
    .notice { background: #eef2ff; border-radius: 8px; padding: 10px 14px; }
    .figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 440px), 1fr)); gap: 18px; }
    figure { margin: 0; } img { width: 100%; height: auto; border: 1px solid #e1e4ea; border-radius: 6px; }
    figcaption { font-size: 13px; color: #5c6370; }
    table { border-collapse: collapse; margin-top: 8px; font-size: 14px; }
    th { text-align: left; font-weight: 500; color: #5c6370; padding: 2px 18px 2px 0; }
    td { font-variant-numeric: tabular-nums; padding: 2px 18px 2px 0; }
    .settings td + td { font-family: ui-monospace, monospace; color: #5c6370; }
    @media print { body { margin: 0; } figure { break-inside: avoid; } }`;
