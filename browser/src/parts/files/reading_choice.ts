// What was chosen in the dialog "How I read it", apart from the dialog itself.

import { type Reading, settings } from "../../contract.ts";

// A guess that is no longer what the dialog was filled with, as name and value. Guesses that this
// kind of file does not have are not looked at, nor are emptied ones.
export function changedGuess(
  names: readonly string[],
  values: readonly unknown[],
  options: Readonly<Record<string, unknown>>,
): readonly [string, unknown] | null {
  const at = names.findIndex((name, i) => {
    const value = values[i] ?? "";
    return name in options && value !== "" && String(value) !== String(options[name]);
  });
  const name = names[at];
  return name === undefined ? null : [name, values[at]];
}

// The options for reading again with one guess changed; "guess" itself is said by silence.
export function withGuess(
  options: Readonly<Record<string, unknown>>,
  name: string,
  value: unknown,
): Record<string, unknown> {
  const changed = Object.entries({ ...options, [name]: value });
  return Object.fromEntries(changed.filter(([key]) => key !== name || value !== "auto"));
}

// The columns ticked, in the order of the table; none when they are the usual ones, and nothing
// when their names are too long for a link.
export function chosenColumns(shown: Reading, ticked: readonly string[]): string[] | null {
  const cols = shown.names.filter((name) => ticked.includes(name));
  if (String(cols) === String(shown.usual)) {
    return [];
  }
  return cols.join("").length > settings.cols.longest ? null : cols;
}
