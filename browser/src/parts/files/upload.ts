// A user's own table: chosen, dropped or pasted, it goes to the server and is opened, or asked
// about first.

import { ids } from "../../contract.ts";
import { set } from "../../kernel/dash.ts";
import { find, refocus } from "../../kernel/page.ts";
import * as appliedModel from "./applied_model.ts";
import { hold } from "./held_file.ts";
import { megabytes, mostBytes } from "./place.ts";
import { ask, mend } from "./reading.ts";
import { keyOf, post, refusal, type Said, type Say, stop } from "./sending.ts";
import { fileZone } from "./zone.ts";

let pick: () => void = () => {};

// Effect: the button for opening a file works, and so does what a model offers.
export function listen(): void {
  pick = fileZone({
    button: ids.UPLOAD,
    picker: ids.UPLOAD_PICKER,
    label: "File to open",
    take: (file) => take(file, ids.UPLOAD_STATUS, "This file is empty."),
  });
  appliedModel.listen();
}

export const choose = (): void => pick();

// A new table: refused here when it is too large, else sent.
export async function take(file: Blob, place: string, empty: string): Promise<void> {
  const say: Say = (children) => set(place, { children });
  const most = mostBytes();
  if (file.size > most) {
    const sizes = `This has ${megabytes(file.size)}; the limit is ${megabytes(most)}.`;
    say(`${sizes} Keep fewer rows or columns, or save it as Parquet.`);
    return;
  }
  if (file.size === 0) {
    say(empty);
    return;
  }
  const said = await post(file, {}, say);
  if (said) {
    arrived(file, said, say);
  }
}

function arrived(file: Blob, said: Said, say: Say): void {
  const key = keyOf(said);
  if (said.applied) {
    appliedModel.showApplied(file, said.applied);
  } else if (key || said.ways) {
    hold(file, key);
    set(ids.PASTE_DIALOG, { opened: false });
    refocus(ids.PASTE);
    opened(key, said);
  } else {
    say(refusal(said));
  }
}

// Effect: a table that the server has stored is opened, or asked about first.
export function opened(key: string, said: Said): void {
  const status: Say = (children) => set(ids.UPLOAD_STATUS, { children });
  if (!key) {
    status(said.message ?? "");
    mend(said, {});
  } else if (said.key && !said.doubts) {
    status(said.sentence ?? "");
    set(ids.UPLOADED, { data: { key, columns: said.columns, d: said.d, time: Date.now() } });
  } else {
    status(said.message || "Please look at how I read it.");
    ask(key, said.columns ?? []);
  }
}

export function cancel(clicks: number | null): void {
  if (clicks && stop()) {
    set(ids.UPLOAD_STATUS, { children: "Cancelled: the data are as before." });
    find(ids.UPLOAD)?.focus();
  }
}
