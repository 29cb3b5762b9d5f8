// The title of the page: the open view, the data, and K, where the view has to do with them.

import { dataNames, ids, type State } from "../../contract.ts";
import { find } from "../../kernel/page.ts";

const NAME = document.title;

// Effect: the browser's tabs and its history tell one page of the dashboard from another.
export function showTitle(state: State, concerns: readonly string[]): void {
  const view = find(ids.stage(state.view))?.getAttribute("aria-label") ?? "";
  const names: Readonly<Record<string, string>> = dataNames;
  const data = concerns.includes("data") ? names[state.data] : undefined;
  const k = concerns.includes("k") ? `K = ${state.k}` : undefined;
  const facts = [data, k].filter((fact) => fact !== undefined).join(", ");
  const title = `${facts ? `${view}: ${facts}` : view} · ${NAME}`;
  if (document.title !== title) {
    document.title = title;
  }
}
