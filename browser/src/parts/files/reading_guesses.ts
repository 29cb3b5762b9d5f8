// Guesses of the dialog "How I read it" that somebody corrects: the same file is sent again, and
// the dialog shows what came of it.

import { ids, type Reading } from "../../contract.ts";
import { context, keep, set, type Unchanged } from "../../kernel/dash.ts";
import { onClick } from "../../kernel/page.ts";
import { atHand, type HeldFile, type ReadOptions } from "./held_file.ts";
import { askAgain, mend, say } from "./reading.ts";
import { changedGuess, withGuess } from "./reading_choice.ts";
import { keyOf, readAgain, type Said } from "./sending.ts";

let last: Reading | null = null; // what the dialog shows

// A changed guess; also runs when the dialog was filled, and then only says what can be done.
export function correct(...args: readonly unknown[]): string | Unchanged {
  const values = args.slice(0, -1);
  last = args.at(-1) as Reading | null;
  if (!last) {
    return keep();
  }
  const names = context().inputs_list.map(({ id }) => id.name ?? ""); // in the order of `args`
  const held = heldFor(last);
  const guesses = Object.keys(last.options);
  for (const name of guesses) {
    set(ids.reading_option(name), { disabled: !held });
  }
  const changed = changedGuess(names.slice(0, values.length), values, last.options);
  if (held && changed) {
    correctGuess(last, held.options, ...changed);
  }
  if (guesses.length === 0) {
    return "";
  }
  return held
    ? "Change a guess, and the same file is read again."
    : "To correct a guess, choose the file again: this page no longer holds it.";
}

function heldFor(shown: Reading): HeldFile | null {
  const held = atHand();
  return held?.key === shown.key ? held : null;
}

async function correctGuess(
  shown: Reading,
  options: ReadOptions,
  name: string,
  value: unknown,
): Promise<void> {
  if (!(await mended(withGuess(options, name, value), shown))) {
    set(ids.reading_option(name), { value: shown.options[name] });
  }
}

// Reads the file in another way. False when nothing came of it: then the dialog shows what it
// did. A reading that was called off has no answer to go by, so the dialog is left alone.
async function mended(options: ReadOptions, shown: Reading): Promise<boolean> {
  const said = await readAgain(options, say);
  const key = said && keyOf(said);
  if (!said) {
    return true;
  }
  if (key && key !== shown.key) {
    askAgain(key);
    return true;
  }
  if (!key && !shown.key && said.ways) {
    mend(said, options);
    return true;
  }
  say(failure(said, shown));
  return false;
}

function failure(said: Said, shown: Reading): string {
  if (!shown.key) {
    return said.message ?? "";
  }
  return keyOf(said)
    ? "That gives the same table."
    : `${said.message} Below is how it was read before.`;
}

// Effect: another way to read the file, offered beside a question, is taken by one click.
export const listen = (): void => onClick(".reading-way", takeWay);

function takeWay(way: HTMLElement): void {
  if (!last) {
    return;
  }
  const given = JSON.parse(way.dataset.options ?? "{}");
  const held = heldFor(last);
  if (given.columns) {
    set(ids.READING_COLUMNS, { value: given.columns }); // the file is read rightly
    say(`Done. ${way.textContent}.`);
  } else if (held) {
    mended({ ...held.options, ...given }, last);
  } else {
    say("To read it in another way, choose the file again: this page no longer holds it.");
  }
}
