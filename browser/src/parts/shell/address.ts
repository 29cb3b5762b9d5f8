// The address bar and the state behind it: where a page begins, and how it gets to another.

import { ids, keys, type State } from "../../contract.ts";
import { set } from "../../kernel/dash.ts";
import { sameValue, toQuery } from "../../kernel/link.ts";
import { around } from "../../kernel/page.ts";
import { opening, type Scheme } from "../../kernel/scheme.ts";
import { cleanSlate } from "../progress.ts";

const place = (search: string): string => window.location.pathname + search;

let arriving = false; // the page that was just navigated to has its own entry already
const leavers: (() => void)[] = [];

// Effect: `act` runs whenever the page is about to come anew.
export const onLeave = (act: () => void): void => void leavers.push(act);

// Once, at the start: what the link says, and the colour scheme.
export function boot(): [{ search: string; time: number }, Scheme] {
  document.addEventListener("click", followInside);
  cleanSlate();
  return [{ search: window.location.search, time: Date.now() }, opening()];
}

// Effect: the page comes anew, in the state of a link.
export function navigate(search: string): void {
  arriving = true;
  leavers.forEach((act) => act());
  set(ids.NAVIGATION, { data: { search, time: Date.now() } });
}

// Effect: another state, as a page to go back from.
export function go(search: string): void {
  window.history.pushState(null, "", place(search));
  navigate(search);
}

// A link of the page's own is a state: no reload is needed to get there.
function followInside(event: MouseEvent): void {
  const search = around<HTMLAnchorElement>(event, "a[href^='?']")?.getAttribute("href");
  if (!search || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) {
    return;
  }
  event.preventDefault();
  go(search);
  window.scrollTo(0, 0);
}

// Effect: the address bar follows the state; another view, lesson or K is a page to go back to.
// A page that was just navigated to has its own entry: a second one would trap "Back". So has one
// that comes back.
export function write(state: State, before: State, restoring: boolean): void {
  const search = toQuery({ ...state });
  const arrived = arriving || restoring;
  arriving = false;
  if (search === window.location.search) {
    return;
  }
  const turns = keys.turned as readonly (keyof State)[];
  const turned = !arrived && turns.some((key) => !sameValue(state[key], before[key]));
  window.history[turned ? "pushState" : "replaceState"](null, "", place(search));
}
