import assert from "node:assert/strict";
import { test } from "node:test";
import { settings } from "../src/contract.ts";
import { changedGuess, chosenColumns, withGuess } from "../src/parts/files/reading_choice.ts";

const NAMES = ["separator", "sheet", "skip_rows"];
const OPTIONS = { separator: ",", skip_rows: 1 };

test("a guess is changed when it is not what the dialog was filled with", () => {
  assert.equal(changedGuess(NAMES, [",", "", 1], OPTIONS), null);
  assert.equal(changedGuess(NAMES, [",", "", "1"], OPTIONS), null); // a number as text
  assert.deepEqual(changedGuess(NAMES, [";", "", 1], OPTIONS), ["separator", ";"]);
  assert.deepEqual(changedGuess(NAMES, [",", "", 0], OPTIONS), ["skip_rows", 0]);
});

test("emptied guesses, and those of other kinds of files, are not looked at", () => {
  assert.equal(changedGuess(NAMES, ["", "", null], OPTIONS), null);
  assert.equal(changedGuess(NAMES, [undefined], OPTIONS), null);
  assert.equal(changedGuess(NAMES, [",", "Sheet 2", 1], OPTIONS), null);
});

test("of several changes the first is taken", () => {
  assert.deepEqual(changedGuess(NAMES, [";", "", 3], OPTIONS), ["separator", ";"]);
});

test("a guess that is left to the server again is not sent", () => {
  assert.deepEqual(withGuess({ separator: ";" }, "skip_rows", 2), {
    separator: ";",
    skip_rows: 2,
  });
  assert.deepEqual(withGuess({ separator: ";", skip_rows: 2 }, "skip_rows", "auto"), {
    separator: ";",
  });
  assert.deepEqual(withGuess({ header: "auto" }, "separator", "|"), {
    header: "auto",
    separator: "|",
  });
});

const shown = {
  key: "k",
  options: {},
  names: ["c", "a", "b"],
  usual: ["a", "b"],
};

test("columns are chosen in the order of the table; the usual ones need not be named", () => {
  assert.deepEqual(chosenColumns(shown, ["b", "c"]), ["c", "b"]);
  assert.deepEqual(chosenColumns(shown, ["b", "a"]), []);
});

test("names that are too long for a link cannot be chosen, unless they are the usual ones", () => {
  const long = "n".repeat(settings.cols.longest);
  const wide = { ...shown, names: [long, "a", "b"], usual: ["a"] };
  assert.equal(chosenColumns(wide, [long, "a"]), null);
  assert.deepEqual(chosenColumns(wide, [long]), [long]);
  assert.deepEqual(chosenColumns({ ...wide, usual: [long, "a"] }, [long, "a"]), []);
});
