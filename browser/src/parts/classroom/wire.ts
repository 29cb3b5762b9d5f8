// What a class asks of the server. What a person has to be told comes back as `message`.

import { addresses, type ClassBoard } from "../../contract.ts";
import { type Answer, look, once, send, under } from "../../kernel/requests.ts";
import { sentence } from "../../kernel/retry.ts";

export interface Said {
  readonly message?: string;
  readonly over?: boolean;
}

const LOST = "The server does not answer. Try again in a moment.";
const addressOf = (act: string): string => under(`${addresses.class}/${act}`);

const saidBy = <A>({ ok, json, status }: Answer): A & Said => {
  const said = (json ?? {}) as A & Said;
  return ok ? said : { ...said, message: said.message ?? (status ? sentence(status) : LOST) };
};

// Sent again while that may help, and `say` is told why it takes longer: an act with the same mark
// is done once.
export async function act<A>(
  name: string,
  body: Readonly<Record<string, unknown>>,
  say: (words: string) => void = () => {},
): Promise<A & Said> {
  const answer = await send(addressOf(name), { ...body, mark: newMark() }, { say });
  return answer ? saidBy<A>(answer) : ({ message: LOST } as A & Said);
}

// Once: it is soon asked for anew anyhow.
export async function ask<A>(
  name: string,
  body: Readonly<Record<string, unknown>>,
): Promise<(A & Said) | null> {
  const answer = await once(addressOf(name), body);
  return answer.ok ? saidBy<A>(answer) : null;
}

// What a class sees, if it is other than the version that is known; `lost` when nobody answers.
export async function news(
  key: string,
  version: string,
): Promise<(ClassBoard & Said) | "lost" | null> {
  const query = `?${addresses.after}=${encodeURIComponent(version)}`;
  const answer = await look(`${addressOf(addresses.room)}/${key}${query}`);
  if (answer.status === 204) {
    return null;
  }
  return answer.ok ? saidBy<ClassBoard>(answer) : "lost";
}

const newMark = (): string => {
  const four = crypto.getRandomValues(new Uint8Array(4));
  return [...four].map((byte) => byte.toString(16).padStart(2, "0")).join("");
};
