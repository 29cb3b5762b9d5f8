// Views that ask for their answer as Dash would, and fill the page by themselves: an answer is some
// thirty texts and plots, each of which would be a round of Dash through the whole page.

import { ids } from "../../contract.ts";
import { set } from "../../kernel/dash.ts";
import { find } from "../../kernel/page.ts";
import { once, under } from "../../kernel/requests.ts";
import { onLeave } from "./address.ts";

type Request = Readonly<Record<string, unknown>>;
type Fill = (answer: unknown) => void;

// What Dash's address says: what a callback returned, and what else it set (a refusal).
interface Told {
  readonly response?: Readonly<Record<string, { readonly data?: unknown }>>;
  readonly sideUpdate?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const ADDRESS = "_dash-update-component";
const fills = new Map<string, Fill>();
const asked = new Map<string, Request>(); // view -> what its picture will be of
onLeave(() => asked.clear()); // the page comes anew, and empty

// Effect: a view is filled by `fill` with what the server says; with null, where it refused.
export const fillBy = (view: string, fill: Fill): void => void fills.set(view, fill);

export const fillsItself = (view: string): boolean => fills.has(view);

export const askedOf = (view: string): Request | null => asked.get(view) ?? null;

// Effect: the view's answer is asked for, and fills it unless a newer one is wanted by then.
export async function ask(view: string, request: Request): Promise<void> {
  asked.set(view, request);
  const stage = find(ids.stage(view));
  stage?.classList.add("busy");
  const { json } = await once(under(ADDRESS), bodyOf(view, request));
  if (asked.get(view) === request) {
    stage?.classList.remove("busy");
    take(view, json as Told | null);
  }
}

// As Dash would send it: the server's guard, memory and queue know no other.
function bodyOf(view: string, value: Request): Readonly<Record<string, unknown>> {
  const [from, to] = [ids.request(view), ids.answer(view)];
  const changed = [`${from}.data`];
  return {
    output: `${to}.data`,
    outputs: { id: to, property: "data" },
    inputs: [{ id: from, property: "data", value }],
    changedPropIds: changed,
    parsedChangedPropsIds: changed,
  };
}

function take(view: string, told: Told | null): void {
  fills.get(view)?.(told?.response?.[ids.answer(view)]?.data ?? null);
  for (const [id, props] of Object.entries(told?.sideUpdate ?? {})) {
    set(id, props);
  }
}
