// Views that ask for their answer as Dash would, and fill the page by themselves: an answer is some
// thirty texts and plots, each of which would be a round of Dash through the whole page.

import { ids, type Key, type State } from "../../contract.ts";
import { set } from "../../kernel/dash.ts";
import { sameValue } from "../../kernel/link.ts";
import { find } from "../../kernel/page.ts";
import { type Answer, once, under } from "../../kernel/requests.ts";
import { onLeave } from "./address.ts";

type Request = Readonly<Record<string, unknown>>;
type Body = Readonly<Record<string, unknown>>;
type Fill = (answer: unknown) => void;
// Until when a view's question waits, if it does.
type Before = () => Promise<unknown> | null;

// What Dash's address says: what a callback returned, and what else it set (a refusal).
interface Told {
  readonly response?: Readonly<Record<string, { readonly data?: unknown }>>;
  readonly sideUpdate?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const ADDRESS = "_dash-update-component";
const fills = new Map<string, Fill>();
const asked = new Map<string, Request>(); // view -> what its picture will be of
const before = new Map<string, Before>();
let ahead: { readonly body: unknown; readonly answer: Promise<Answer> } | null = null;
onLeave(() => {
  asked.clear(); // the page comes anew, and empty
  ahead = null;
});

// Effect: a view is filled by `fill` with what the server says; with null, where it refused.
export const fillBy = (view: string, fill: Fill): void => void fills.set(view, fill);

// Effect: a view's question waits for what is asked first: both cost the server the same fits, and who
// asks for them side by side waits for both.
export const askBehind = (view: string, first: Before): void => void before.set(view, first);

export const fillsItself = (view: string): boolean => fills.has(view);

export const askedOf = (view: string): Request | null => asked.get(view) ?? null;

// Effect: the view's answer is asked for, and fills it unless a newer one is wanted by then.
export async function ask(view: string, request: Request): Promise<void> {
  asked.set(view, request);
  const stage = find(ids.stage(view));
  stage?.classList.add("busy");
  const { json } = await answerTo(view, bodyOf(view, request));
  if (asked.get(view) === request) {
    stage?.classList.remove("busy");
    take(view, json as Told | null);
  }
}

// Effect: a view's answer is asked for once more, as something has been found meanwhile. The mark
// makes it another question, for whoever keeps answers.
export async function askAgain(view: string, mark: Request): Promise<void> {
  const request = asked.get(view);
  if (request) {
    await ask(view, { ...request, ...mark });
  }
}

// What a view is asked with, of these settings.
export function requestOf(wanted: readonly string[], state: State, scheme: string): Request {
  const own = wanted.filter((key): key is Key => key !== "scheme");
  return { scheme, ...Object.fromEntries(own.map((key) => [key, state[key]])) };
}

// Effect: what the view will ask for is asked for already: Dash needs a while to tell its settings.
export function foresee(view: string, request: Request): void {
  const body = bodyOf(view, request);
  if (!sameValue(request, asked.get(view)) && !sameValue(body, ahead?.body)) {
    ahead = { body, answer: inTurn(view, body) };
  }
}

function answerTo(view: string, body: Body): Promise<Answer> {
  const foreseen = sameValue(body, ahead?.body) ? ahead?.answer : undefined;
  ahead = null;
  return foreseen ?? inTurn(view, body);
}

async function inTurn(view: string, body: Body): Promise<Answer> {
  await before.get(view)?.();
  return once(under(ADDRESS), body);
}

// As Dash would send it: the server's guard, memory and queue know no other.
function bodyOf(view: string, value: Request): Body {
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
