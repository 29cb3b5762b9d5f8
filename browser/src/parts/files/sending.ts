// A table on its way to the server. It goes there once, under an address of its own; afterwards
// the page knows it by its key.

import {
  type Applied,
  addresses,
  ids,
  type Refused,
  type StoredTable,
  type tableData,
} from "../../contract.ts";
import { set } from "../../kernel/dash.ts";
import { type Answer, again, send } from "../../kernel/requests.ts";
import { atHand, hold, mendHeld, type ReadOptions } from "./held_file.ts";
import { tablesAddress } from "./place.ts";

export type Say = (words: string) => void;

// What the server says of it; `text` is a file that it answers with.
export type Said = Partial<StoredTable & Applied & Refused> & { readonly text?: string };

export interface Kind {
  readonly as?: (typeof tableData)["drawn"] | "labels";
  readonly options?: ReadOptions;
}

const LOST = "The connection was lost while sending. Nothing was changed; try again.";
const REFUSED = "The server could not take this table. Try again, or make it smaller.";
const TOO_LARGE = "This is larger than the server takes. Keep fewer rows or columns.";
const LONGEST_NAME = 200;

let underWay: AbortController | null = null;

// Sends a table, saying how far it is. The answer can be a refusal, in words; there is none when
// the sending was called off, or overtaken by another.
export async function post(body: Blob, kind: Kind, say: Say): Promise<Said | null> {
  stop();
  const own = new AbortController();
  underWay = own;
  say("Sending …");
  offerCancel(true);
  const answer = await send(tablesAddress() + query(kind), body, {
    headers: headers(body),
    progress: (sent, all) =>
      say(sent < all ? `Sending: ${Math.round((100 * sent) / all)} %` : "Reading the table …"),
    say,
    trying: "Connection lost, trying again",
    signal: own.signal,
  });
  if (underWay !== own || !answer) {
    return null;
  }
  underWay = null;
  offerCancel(false);
  return saidIn(answer);
}

// Reads the file at hand in another way.
export async function readAgain(options: ReadOptions, say: Say): Promise<Said | null> {
  const file = atHand()?.file;
  const said = file ? await post(file, { options }, say) : null;
  const key = said && keyOf(said);
  if (file && key) {
    hold(file, key, options);
  } else if (said?.ways) {
    mendHeld(options);
  }
  return said;
}

// The key of a stored table, also of one that cannot be clustered as it is.
export const keyOf = ({ key, account }: Said): string => key || account || "";

// Effect: what is under way is called off. Returns whether there was anything.
export function stop(): boolean {
  const before = underWay;
  underWay = null;
  if (before) {
    before.abort();
    offerCancel(false);
  }
  return before !== null;
}

// Effect: the button that calls off is there, or not.
const offerCancel = (on: boolean): void => set(ids.UPLOAD_CANCEL_BOX, { hidden: !on });

function query({ as, options }: Kind): string {
  const parts = [
    ...(as ? [`${addresses.kind}=${as}`] : []),
    ...(options ? [`${addresses.options}=${encodeURIComponent(JSON.stringify(options))}`] : []),
  ];
  return parts.length ? `?${parts.join("&")}` : "";
}

const headers = (body: Blob): Record<string, string> => ({
  [addresses.fileName]: encodeURIComponent(
    body instanceof File ? body.name.slice(0, LONGEST_NAME) : "",
  ),
  [addresses.beside]: window.location.search, // what a model is applied to
});

function saidIn(answer: Answer): Said {
  if (again(answer)) {
    return { message: LOST };
  }
  if (answer.status === 413) {
    return { message: TOO_LARGE };
  }
  if (answer.status === 200 && answer.headers.get("Content-Type")?.startsWith("text/csv")) {
    return { text: answer.text };
  }
  const said = answer.json as Said | null;
  return answer.status === 200 && said ? said : { message: said?.message || REFUSED };
}

export const refusal = (said: Said): string => said.message || REFUSED;
