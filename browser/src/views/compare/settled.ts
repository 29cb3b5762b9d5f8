// Compare's own answer on the page, and what else is asked with its settings: the table of
// posteriors and the groups, each only while it is open.

import { ids, opens, type Shown, type State } from "../../contract.ts";
import { set } from "../../kernel/dash.ts";
import { listed, sameValue } from "../../kernel/link.ts";
import { find } from "../../kernel/page.ts";
import { hear } from "../../kernel/store.ts";
import { tell } from "../../parts/live/words.ts";
import { fill as fillWith } from "../../parts/markup.ts";
import { present } from "../../parts/plots/plots.ts";
import { onLeave } from "../../parts/shell/address.ts";
import { askedOf, fillBy } from "../../parts/shell/answers.ts";
import { offer } from "./all_rows.ts";
import { NAMES } from "./plots.ts";

const GROUPS = "groups";
const further = new Map<string, unknown>(); // store -> what it was given last
onLeave(() => further.clear());

export const PLACE = { notice: ids.COMPARE_NOTICE, notes: ids.COMPARE_NOTES } as const;

function fill(answer: Shown): void {
  tell(PLACE, answer);
  fillWith(find(ids.AXES_OFFERS), answer.offers ?? []);
  const four = !NAMES.every((name) => name in answer.pictures);
  hide(ids.COMPARE_PAIR, four);
  hide(ids.COMPARE_SHAPES, !four);
  Object.values(answer.pictures).forEach(present);
  offer(answer.all_rows);
}

function hide(id: string, hidden: boolean): void {
  const element = find(id);
  if (element) {
    element.hidden = hidden;
  }
}

// Effect: what is open shows what the plots show; the fits are the same.
function askFurther(state: State): void {
  const request = state.view === "compare" ? askedOf("compare") : null;
  const places = find(ids.COMPARE_TABS);
  if (places) {
    places.className = `of-${state.tab}`; // which sub-tab shows
  }
  if (request && state.tab === GROUPS) {
    give(ids.GROUPS_REQUEST, { ...request, tab: GROUPS }); // no start is open here
  }
  if (request && listed(state.open).includes(opens.posteriors)) {
    give(ids.COMPARE_TABLE_REQUEST, request);
  }
}

function give(store: string, request: unknown): void {
  if (!sameValue(request, further.get(store))) {
    further.set(store, request);
    set(store, { data: request });
  }
}

export function listen(): void {
  fillBy("compare", (answer) => answer && fill(answer as Shown));
  hear(({ state }) => askFurther(state));
}
