// Classes on the page: who comes by a link or through the door, and who was here before a reload.

import { ids } from "../../contract.ts";
import { find, onPress, presenting, whenThere } from "../../kernel/page.ts";
import { hear } from "../../kernel/store.ts";
import { teach } from "./desk.ts";
import { isMember, join, showDoor } from "./door.ts";
import * as following from "./follow.ts";
import { keepMember, type Member, recalled, takeFromAddress } from "./member.ts";
import { cardIsOpen, say, showCard } from "./place.ts";
import * as points from "./points.ts";
import { attend } from "./pupil.ts";

let present: Member | null = null;

function enter(member: Member): void {
  present = member;
  keepMember(member);
  if (member.teaches) {
    teach(member, leave); // whose first card takes the place, and the focus, of the door's
  } else {
    showCard();
    attend(member, leave);
  }
}

function leave(words: string): void {
  present = null;
  keepMember(null);
  if (words) {
    say(words);
  }
}

async function come(): Promise<void> {
  const found = takeFromAddress();
  const before = present ?? recalled();
  if (found && !present && "token" in found) {
    enter(found);
  } else if (found && !present && found.code !== before?.code) {
    const joined = await join(found.code, say);
    if (isMember(joined)) {
      enter(joined);
    } else {
      say(joined.message ?? "");
    }
  } else if (before && !present) {
    enter(before);
  }
}

export function listen(): void {
  following.listen();
  points.listen();
  hear(() => document.body.classList.toggle("at-projector", presenting() !== null));
  onPress(ids.CLASS_OPEN, () => {
    if (present) {
      say("This page is in a class: what there is to do stands at its foot.");
    } else if (cardIsOpen()) {
      showCard();
    } else {
      showDoor(enter, ids.CLASS_OPEN);
    }
  });
  // The server says whether there are classes here; then the page must be there to be brought along.
  whenThere(ids.CLASS_BOARD, () => whenThere(ids.MAIN, () => void come()));
  window.addEventListener("hashchange", () => find(ids.CLASS_BOARD) && void come());
}
