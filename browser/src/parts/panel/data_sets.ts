// Another data set was picked: its own defaults, bounds and words.

import { ids, type Key, keys, type State, tableData } from "../../contract.ts";
import { keep, set } from "../../kernel/dash.ts";
import { defaultsOf, expected, isOwn, tableOf } from "../files/own_tables.ts";
import { choose as chooseFile } from "../files/upload.ts";
import { open as openPad } from "../pad/pad.ts";

interface Bounds {
  readonly label: string;
  readonly low: number;
  readonly high: number;
  readonly step: number;
}

interface DataSet {
  readonly notice: unknown;
  readonly source?: unknown;
  readonly controls: Readonly<Record<string, Bounds>>;
  readonly oriented?: boolean;
  readonly seeded?: boolean;
  readonly defaults: Partial<Record<Key, unknown>>;
}

const PLAIN: readonly Key[] = ["scale", "x", "y", "cols", "label", "weights", "stretch"]; // no data set takes these over
const BOUNDED = ["n", "noise", "centers", "stretch"] as const;

export function pick(
  name: string,
  table: Readonly<Record<string, DataSet | undefined>>,
  state: State,
): unknown[] {
  const entry = table[name];
  const already = expected(name);
  const own = tableOf(name, state);
  if (isOwn(name) && !own && !already && name !== state.data) {
    offer(name, state.data);
    return keys.picked.map(keep);
  }
  if (entry) {
    describe(entry, state);
  }
  if (!entry || already || name === state.data) {
    return keys.picked.map(keep);
  }
  const blank = { ...defaultsOf(PLAIN), transform: "", table: own };
  const suggested: Record<string, unknown> = { ...blank, ...entry.defaults, data: name };
  return keys.picked.map((key) => (key in suggested ? suggested[key] : keep()));
}

// Effect: there is no table of this kind yet; until there is, the data stay as they are.
function offer(name: string, before: string): void {
  set(ids.DATA_PICK, { value: before });
  if (name === tableData.drawn) {
    openPad(1, null);
    set(ids.DRAW_DIALOG, { opened: true });
  } else {
    set(ids.UPLOAD_STATUS, { children: "Choose a file, drop one above, or paste a table." });
    chooseFile();
  }
}

// Effect: labels and bounds of the controls that mean something for this data set.
function describe(entry: DataSet, state: State): void {
  set(ids.DATA_NOTICE, { children: entry.notice });
  set(ids.DATA_SOURCE, { children: entry.source || "" });
  const hidden = (key: string) => (state.hide as readonly unknown[]).includes(key);
  for (const key of BOUNDED) {
    const own = entry.controls[key];
    set(ids.wrapper(key), { style: shownWhen(own !== undefined && !hidden(key)) });
    if (own) {
      set(ids.label(key), { children: own.label });
      set(ids.control(key), { min: own.low, max: own.high, step: own.step });
    }
  }
  set(ids.wrapper("orient"), { style: shownWhen(entry.oriented === true && !hidden("orient")) });
  const seeded = shownWhen(entry.seeded === true && !hidden("dseed"));
  set(ids.wrapper("dseed"), { style: seeded });
  set(ids.section(ids.NEW_POINTS), { style: seeded });
}

const shownWhen = (shown: boolean): Readonly<Record<string, string>> =>
  shown ? {} : { display: "none" };
