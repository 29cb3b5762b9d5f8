// What a person calls the groups: a field for each, and the list of names as the link has it.

import { addresses, ids, type KeptNames, settings } from "../../contract.ts";
import { keep, set, type Unchanged } from "../../kernel/dash.ts";
import { listItem, sameValue } from "../../kernel/link.ts";
import { find, make } from "../../kernel/page.ts";
import { send, under } from "../../kernel/requests.ts";
import { sentence } from "../../kernel/retry.ts";
import { now } from "../../kernel/store.ts";

// One group: its lowest component, counted from one, what it is called, and its colour.
export interface Group {
  readonly number: number;
  readonly called: string;
  readonly colour: string;
  readonly name: string;
}

const KEY = "names";
const { letters, longest } = settings[KEY];
const LOST = "This name is not kept: the server does not answer. Write it again in a moment.";
let before = ""; // the groups that have fields
let sending: Promise<void> = Promise.resolve(); // each name is added to what the last one made
let given: { from: unknown; to: string } | null = null; // until the page's settings have it

// The names of a link, by number.
export const named = (value: unknown): Map<number, string> =>
  new Map(
    (Array.isArray(value)
      ? value.map(String)
      : String(value ?? "")
          .split(",")
          .map(decoded)
    )
      .filter((item) => item.includes(":"))
      .map((item) => [Number.parseInt(item, 10), item.slice(item.indexOf(":") + 1)]),
  );

function decoded(item: string): string {
  try {
    return decodeURIComponent(item);
  } catch {
    return item;
  }
}

// The names as a link has them, those of lower numbers first; numbers that do not show keep theirs.
export const written = (names: ReadonlyMap<number, string>): string =>
  [...names]
    .filter(([, name]) => name)
    .sort(([a], [b]) => a - b)
    .map(([number, name]) => listItem(`${number}:${name}`))
    .join(",");

// Whether a link has the key of a stored list, as the list is too long for it.
export const isStored = (value: unknown): boolean =>
  (Array.isArray(value) ? value.map(String).join(",") : String(value ?? "")).startsWith("@");

// One line of text: what cannot be printed becomes a space.
export const usable = (text: string): string =>
  text
    .replace(/[\p{C}\p{Z}]+/gu, " ")
    .trim()
    .slice(0, letters)
    .trim();

// How many characters a list takes in a link.
export const inLink = (list: string): number =>
  new URLSearchParams([[KEY, list]]).toString().length - KEY.length - 1;

// The fields follow the groups; one that is being written in keeps its text.
export function fill(groups: readonly Group[] | null): Unchanged {
  const box = find(ids.GROUP_NAMES_BOX);
  if (!groups || !box) {
    return keep();
  }
  const shape = JSON.stringify(
    groups.map(({ number, called, colour }) => [number, called, colour]),
  );
  if (shape !== before || box.childElementCount !== groups.length) {
    box.replaceChildren(...groups.map(field));
    before = shape;
  }
  groups.forEach(({ name }, i) => {
    const input = box.children[i]?.querySelector("input");
    if (input && input !== document.activeElement) {
      input.value = name;
    }
  });
  return keep();
}

function field({ number, called, colour }: Group): HTMLElement {
  const input = make("input", {
    type: "text",
    maxlength: letters,
    placeholder: "name",
    "aria-label": `Name of group ${called}`,
  });
  input.addEventListener("change", () => take(number, input));
  const label = make("span", { class: "group-number" }, called);
  label.style.color = colour;
  return make("label", { class: "group-name" }, label, input);
}

function take(number: number, input: HTMLInputElement): void {
  input.value = usable(input.value);
  const name = input.value;
  sending = sending.then(() => keepName(number, name, input));
}

// Effect: the link has the name, or the key of a stored list that has it.
async function keepName(number: number, name: string, input: HTMLInputElement): Promise<void> {
  const shown = now()?.[KEY];
  const known = given && sameValue(given.from, shown) ? given.to : shown;
  const names = named(known);
  names.set(number, name);
  const list = written(names);
  let trouble = "";
  if (isStored(known) || inLink(list) > longest) {
    trouble = await store(shown, { names: known ?? [], number, name });
  } else {
    give(shown, list);
  }
  say(trouble);
  input.toggleAttribute("aria-invalid", trouble !== "");
}

// Have the server add a name to a list that is too long for a link; return what is wrong.
async function store(shown: unknown, asked: object): Promise<string> {
  const answer = await send(under(addresses.names), { ...asked });
  const said = (answer?.json ?? {}) as KeptNames;
  if (!answer?.ok || !said.names) {
    return said.message ?? (answer?.status ? sentence(answer.status) : LOST);
  }
  give(shown, said.names.map(listItem).join(","));
  return "";
}

// Effect: the setting is this, whatever it was.
function give(from: unknown, to: string): void {
  given = { from, to };
  set(ids.control(KEY), { value: to });
}

function say(text: string): void {
  find(ids.GROUP_NAMES_SAID)?.replaceChildren(text);
}
