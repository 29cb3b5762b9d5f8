// The Density view: how well K predicts does not depend on how the density is drawn, so that
// curve is asked for only when the data or the model change.

import { keys } from "../contract.ts";
import { keep, type Unchanged } from "../kernel/dash.ts";
import { sameValue } from "../kernel/link.ts";

type Request = Readonly<Record<string, unknown>>;

export function heldOut(request: Request | null, asked: Request | null): Request | Unchanged {
  if (!request) {
    return keep();
  }
  const drawnOnly: readonly string[] = keys.drawnOnly;
  const wanted = Object.entries(request).filter(([key]) => !drawnOnly.includes(key));
  const found = Object.fromEntries(wanted);
  return sameValue(found, asked) ? keep() : found;
}
