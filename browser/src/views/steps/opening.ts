// Where a run begins that has just arrived.

import type { State } from "../../contract.ts";
import { listed } from "../../kernel/link.ts";
import type { Overlays } from "./frame.ts";
import { atEnd, type Drive, LAST, placeOf, type Timeline } from "./timeline.ts";

// What follows when a run arrives that somebody asked for: it stands at its beginning, or plays.
export type AfterRun = "stay" | "play";

export interface Arrival {
  readonly again: boolean; // another run was here on this visit
  readonly asked: AfterRun | null;
  readonly otherStart: boolean;
  readonly playing: boolean;
  readonly line: Timeline; // where the run before stands
  readonly step: unknown; // where the link says
}

export interface Opening {
  readonly place: unknown;
  readonly after: AfterRun | null;
}

// Another start is watched from its beginning. A run that arrives while another one plays is
// played too: nobody pressed pause. Else the place stays what it was, and an end stays an end.
export function openingOf({ again, asked, otherStart, playing, line, step }: Arrival): Opening {
  const after =
    asked ?? (again && otherStart ? "stay" : null) ?? (again && playing ? "play" : null);
  if (after) {
    return { place: 0, after };
  }
  if (!again) {
    return { place: step, after };
  }
  return { place: atEnd(line) ? LAST : placeOf(line), after };
}

// What the player moves where the page shows one method: half steps are counted of that one. Where it
// shows both, what was moved goes on, unless the page before this one left no choice.
export function driveOf({ hide }: State, before: State | null, drive: Drive): Drive {
  const alone = aloneIn(hide);
  return alone ?? (before && aloneIn(before.hide) ? "both" : drive);
}

function aloneIn(hide: State["hide"]): Drive | null {
  const gone = listed(hide);
  return gone.includes("gmm") ? "kmeans" : gone.includes("kmeans") ? "gmm" : null;
}

// What of the settings makes another start.
export const startOf = ({ start, centres, seed, kinit }: State): string =>
  [start, centres, seed, kinit].map(String).join("|");

export function overlaysOf({ show }: State): Overlays {
  const has = (name: string) => listed(show).includes(name);
  return {
    size: has("size"),
    ellipses: has("ellipses"),
    centers: has("centers"),
    plain: has("plain"),
  };
}
