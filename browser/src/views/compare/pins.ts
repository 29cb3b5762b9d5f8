// A result that is kept beside the one that is shown: its settings go into the link.

import { ids, type Key, keys, type State, settings } from "../../contract.ts";
import { set } from "../../kernel/dash.ts";
import { listItem, sameValue } from "../../kernel/link.ts";
import { find, onPress } from "../../kernel/page.ts";
import { hear, now } from "../../kernel/store.ts";
import { onLeave } from "../../parts/shell/address.ts";
import { askedOf } from "../../parts/shell/answers.ts";

const KEY = "pin";
const TAB = "pinned";
let given: unknown = null; // what the server was asked for last
let data = ""; // what a pinned result is of

// The settings of a state that a pinned result may differ in, as a link has them.
export const pinOf = (state: Readonly<Record<string, unknown>>): string =>
  keys.pinned.map((key) => listItem(`${key}:${textOf(state[key])}`)).join(",");

// A list stands in the state as such, or as a link has it.
const textOf = (value: unknown): string =>
  Array.isArray(value) ? value.map(listItem).join(",") : String(value ?? "");

// How many characters that takes in a link.
const inLink = (list: string): number =>
  new URLSearchParams([[KEY, list]]).toString().length - KEY.length - 1;

const isPinned = (state: State | null): boolean => String(state?.[KEY] ?? "") !== "";

const nameOf = (state: State): string => JSON.stringify([state.data, state.table]);

function pin(): void {
  const state = now();
  if (!state) {
    return;
  }
  const [list, { longest }] = [pinOf({ ...state }), settings[KEY]];
  const taken = inLink(list);
  if (taken > longest) {
    say(`Not pinned: its settings take ${taken} of the ${longest} characters of a link.`);
    return;
  }
  set(ids.control(KEY), { value: list });
  say("Pinned.");
}

function unpin(): void {
  set(ids.control(KEY), { value: "" });
  say("Unpinned.");
  find(ids.PIN)?.focus(); // this button goes
}

const say = (text: string): void => find(ids.PIN_SAID)?.replaceChildren(text);

// Effect: a pinned result goes with its data set or table: its columns are not those of another.
function forget(state: State): void {
  const name = nameOf(state);
  const gone = data !== "" && name !== data && isPinned(state);
  data = name;
  if (gone) {
    set(ids.control(KEY), { value: "" });
    say("The pinned result went with its data.");
  }
}

// Effect: the server is asked for both results while they are looked at.
function askFor(state: State | null): void {
  const places = find(ids.COMPARE_TABS);
  places?.toggleAttribute("data-pinned", isPinned(state));
  const open = state?.view === "compare" && state.tab === TAB;
  const asked = open ? askedOf("compare") : null;
  if (state && asked) {
    const request = { ...asked, tab: TAB, [KEY]: state[KEY as Key], whose: state.whose };
    if (!sameValue(request, given)) {
      given = request;
      set(ids.PINNED_REQUEST, { data: request });
    }
  }
}

export function listen(): void {
  onLeave(() => {
    given = null;
    data = "";
  });
  hear(({ state }) => {
    forget(state);
    askFor(state);
  });
  onPress(ids.PIN, pin);
  onPress(ids.UNPIN, unpin);
}
