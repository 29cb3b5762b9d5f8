// The export menu: which of its lines the open view offers, and what is made here of them; the
// others are the server's.

import { fourShapes, ids, type State } from "../../contract.ts";
import { context, set } from "../../kernel/dash.ts";
import { saveAddress } from "../../kernel/download.ts";
import { wait } from "../../kernel/retry.ts";
import { type Format, fileName, picture, plots } from "./pictures.ts";
import { type Section, write } from "./report.ts";

const SAID_MS = 4000;
const BETWEEN_S = 0.15; // browsers drop downloads that follow each other faster
const FAILED = "This picture could not be made; try again at another size";
const FORMATS: readonly string[] = ["png", "svg"] satisfies Format[];

function say(words: string): void {
  set(ids.EXPORT_SAID, { children: words });
  window.setTimeout(() => set(ids.EXPORT_SAID, { children: "" }), SAID_MS);
}

async function pictures(format: Format): Promise<void> {
  const found = plots();
  for (const { plot, title } of found) {
    saveAddress(await picture(plot, format), `${fileName(title)}.${format}`);
    await wait(BETWEEN_S);
  }
  const many = `${found.length} ${found.length === 1 ? "plot" : "plots"} saved`;
  say(found.length ? many : "There is no plot here to save");
}

// Effect: one line of the menu was chosen.
export function take(clicks: readonly (number | null)[]): void {
  const chosen = context().triggered_id;
  const what = typeof chosen === "object" ? chosen.what : undefined;
  if (what !== undefined && clicks.some(Boolean) && FORMATS.includes(what)) {
    pictures(what as Format).catch(() => say(FAILED));
  }
}

// Effect: the tables of a report have come; plots and sentences are those on the screen.
export function report(
  tables: { readonly sections: readonly Section[] } | null,
  state: State,
): void {
  if (tables) {
    write(state, tables.sections).then(
      () => say("Report saved"),
      () => say(FAILED),
    );
  }
}

export interface MenuWords {
  readonly hints: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly notes: Readonly<Record<string, string>>;
}

// The menu is that of the open view: a line it has nothing for is not there.
export function offer(state: State, before: string, words: MenuWords): void {
  const four = state.view === fourShapes.view && state.show.includes(fourShapes.overlay);
  const scene = four ? fourShapes.scene : state.view;
  if (scene === before) {
    return;
  }
  for (const [what, hints] of Object.entries(words.hints)) {
    const offered = scene in hints;
    set(ids.export_item(what), { disabled: !offered, style: offered ? {} : { display: "none" } });
    set(ids.export_hint(what), { children: hints[scene] || "" });
  }
  set(ids.EXPORT_NOTE, { children: words.notes[scene] || "" });
  set(ids.EXPORT_SCENE, { data: scene });
}
