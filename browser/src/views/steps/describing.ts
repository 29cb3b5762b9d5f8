// Both plots say what they show, to those who do not see it: at rest, of the frame that is drawn.

import { ids } from "../../contract.ts";
import { find } from "../../kernel/page.ts";
import { say } from "../../parts/said.ts";
import { teller } from "./described.ts";
import { overlaysOf } from "./opening.ts";
import type { Side } from "./run.ts";
import * as session from "./session.ts";

const tell = teller();

function drawn(side: Side, { player, run, state }: session.Session): void {
  const options = { ...overlaysOf(state), preview: session.previewOf(side) !== null };
  const said = tell(run, side, player.at().places[side], player.playing(), options);
  if (said !== null) {
    say(find(ids.described(ids.steps_plot(side))), said);
  }
}

export function listen(): void {
  session.hear({ drawn: (side, _ctx, _view, now) => drawn(side, now) });
}
