// A table at an address that is typed: the server opens it, and the page shows its sample.

import { addresses, ids } from "../../contract.ts";
import { set } from "../../kernel/dash.ts";
import { around, find, onPress } from "../../kernel/page.ts";
import { again, latest, send, under } from "../../kernel/requests.ts";
import { sentence } from "../../kernel/retry.ts";
import { refusal, type Said, stop } from "./sending.ts";
import { opened } from "./upload.ts";

const LOST = "The connection was lost. Nothing was changed; try again.";

const say = (children: string): void => set(ids.UPLOAD_STATUS, { children });
const newest = latest();

// Effect: the button opens what is typed, and so does Enter.
export function listen(): void {
  onPress(ids.PLACE_OPEN, open);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && around(event, `#${ids.PLACE}`)) {
      void open();
    }
  });
}

async function open(): Promise<void> {
  const field = find(ids.PLACE);
  if (!(field instanceof HTMLInputElement)) {
    return;
  }
  stop();
  const signal = newest();
  say("Looking at the table …");
  const body = { address: field.value };
  const answer = await send(under(addresses.place), body, { say, signal });
  if (!answer || signal.aborted) {
    return;
  }
  const said = answer.json as Said | null;
  if (!answer.ok || !said) {
    say(again(answer) ? LOST : said?.message || sentence(answer.status));
  } else if (said.key || said.account) {
    opened(said.key || said.account || "", said);
  } else {
    say(refusal(said));
  }
}
