// How well K predicts does not depend on how the density is drawn, so that curve is asked for only
// when the data or the model change.

import { ids, keys, type State } from "../../contract.ts";
import { set } from "../../kernel/dash.ts";
import { sameValue } from "../../kernel/link.ts";
import { hear } from "../../kernel/store.ts";
import { onLeave } from "../../parts/shell/address.ts";
import { askedOf } from "../../parts/shell/answers.ts";

let asked: unknown = null;
onLeave(() => {
  asked = null;
});

function askFor(state: State): void {
  const request = state.view === "density" ? askedOf("density") : null;
  const drawnOnly: readonly string[] = keys.drawnOnly;
  const wanted = Object.entries(request ?? {}).filter(([key]) => !drawnOnly.includes(key));
  const found = Object.fromEntries(wanted);
  if (request && !sameValue(found, asked)) {
    asked = found;
    set(ids.HELD_OUT_ASK, { data: found });
  }
}

export const listen = (): void => hear(({ state }) => askFor(state));
