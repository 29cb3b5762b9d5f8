// The door: a code to join by, and, for whoever has the password, a class to open.

import { classes } from "../../contract.ts";
import { find, make } from "../../kernel/page.ts";
import { keepMember, type Member } from "./member.ts";
import { button, heading, showCard } from "./place.ts";
import { act, type Said } from "./wire.ts";

type Say = (words: string) => void;
type Keys = { readonly code?: string; readonly key: string; readonly token: string };

interface Field {
  readonly label: string;
  readonly type: string;
  readonly send: string;
  readonly submit: (text: string, wait: Say) => Promise<Member | Said>;
}

export async function join(code: string, wait: Say): Promise<Member | Said> {
  const said = await act<Keys>("join", { code }, wait);
  const plain = code.replace(/[\s-]/g, "").toUpperCase();
  return said.message
    ? said
    : kept({ teaches: false, code: plain, key: said.key, token: said.token });
}

async function open(password: string, wait: Say): Promise<Member | Said> {
  const said = await act<Keys>("open", { password }, wait);
  const { code = "", key, token } = said;
  return said.message ? said : kept({ teaches: true, code, key, token });
}

function kept(member: Member): Member {
  keepMember(member);
  return member;
}

export const isMember = (found: Member | Said): found is Member => "token" in found;

// Effect: both ways in, on the card; `enter` runs for whoever got in.
export function showDoor(enter: (member: Member) => void, opener: string): void {
  const leave = (): void => {
    showCard();
    find(opener)?.focus();
  };
  const letters = `Code of ${classes.letters} letters`;
  const joining = form({ label: letters, type: "text", send: "Join", submit: join }, enter);
  const opening = form(
    { label: "Password", type: "password", send: "Open a class", submit: open },
    enter,
  );
  const teachers = make("details", {}, make("summary", {}, "For teachers: open a class"), opening);
  showCard(heading("Join a class", leave), joining, teachers);
  joining.querySelector("input")?.focus();
}

function form(field: Field, enter: (member: Member) => void): HTMLFormElement {
  const input = make("input", { type: field.type, autocomplete: "off", spellcheck: "false" });
  if (field.type === "text") {
    input.classList.add("class-code-input");
  }
  const said = make("p", { class: "class-said", role: "alert" });
  const send = button(field.send, () => {}, "filled");
  send.type = "submit";
  const label = make("label", { class: "class-label" }, field.label, input);
  const made = make("form", { class: "class-form" }, label, send, said);
  made.addEventListener("submit", async (event) => {
    event.preventDefault();
    send.disabled = true;
    const found = await field.submit(input.value, (words) => said.replaceChildren(words));
    send.disabled = false;
    if (isMember(found)) {
      enter(found);
    } else {
      said.replaceChildren(found.message ?? "");
    }
  });
  return made;
}
