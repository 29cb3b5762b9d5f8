// What a person calls the groups: a field for each, and the list of names as the link has it.

import { ids, settings } from "../../contract.ts";
import { keep, set, type Unchanged } from "../../kernel/dash.ts";
import { listItem } from "../../kernel/link.ts";
import { find, make } from "../../kernel/page.ts";
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
let before = ""; // the groups that have fields

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
  const names = named(now()?.[KEY]);
  names.set(number, input.value);
  const list = written(names);
  const fits = inLink(list) <= longest;
  say(
    fits
      ? ""
      : `This name is not kept: with it all names take ${inLink(list)} of the ${longest} ` +
          "characters that a link has for them. Shorten some.",
  );
  input.toggleAttribute("aria-invalid", !fits);
  if (fits) {
    set(ids.control(KEY), { value: list });
  }
}

function say(text: string): void {
  find(ids.GROUP_NAMES_SAID)?.replaceChildren(text);
}
