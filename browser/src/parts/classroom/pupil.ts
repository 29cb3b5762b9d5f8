// A pupil in a class: follows the teacher, and answers.

import type { ClassBoard } from "../../contract.ts";
import { make } from "../../kernel/page.ts";
import { follow, isFollowing, onLeft, stopFollowing } from "./follow.ts";
import type { Member } from "./member.ts";
import { announceCard, button, say, showBar, showCard } from "./place.ts";
import { poll } from "./poll.ts";
import { forgetAnswers, showQuestion } from "./question.ts";
import { LOST, Reach } from "./reach.ts";
import { act, ask, news, type Said } from "./wire.ts";

const HERE_MS = 20_000; // signs of life, so that the teacher sees how many follow

let board: ClassBoard | null = null;
let signed = 0;
let signs: Promise<unknown> = Promise.resolve();

// Effect: this page is in a class until it is over, or left.
export function attend(member: Member, leave: (words: string) => void): void {
  board = null;
  signed = 0;
  const take = (said: ClassBoard & Said): void => {
    const before = board ?? { version: "", shown: "" };
    if (said.over || said.closed) {
      quit();
      leave(said.message ?? "The teacher has ended the class.");
    } else if (!said.message && said.version > before.version) {
      const moved = said.shown > before.shown;
      board = said;
      if (moved && isFollowing()) {
        follow(said.link);
      }
      showQuestion(member, said);
    }
  };
  let stop = (): void => {};
  const quit = (): void => {
    stop();
    stopFollowing();
    onLeft(() => {});
    forgetAnswers();
    showCard();
    showBar();
  };
  const write = (): void =>
    showBar(
      status(reach.isLost),
      isFollowing()
        ? button("Stop following", () => turn(false))
        : button("Follow again", () => turn(true), "filled"),
      button(
        "Leave",
        () => {
          ask("here", { ...member, follows: false });
          quit();
          leave("");
        },
        "plain",
      ),
    );
  const turn = (on: boolean): void => {
    if (on) {
      follow(board?.link ?? "");
    } else {
      stopFollowing();
    }
    sign(member, true);
    write();
  };
  onLeft(() => {
    say("You have changed something: the page is yours until you follow again.");
    sign(member, true);
    write();
  });
  const reach = new Reach(write);
  announceCard(true);
  turn(true);
  stop = poll(async () => {
    sign(member);
    const said = await news(member.key, board?.version ?? "");
    reach.tell(said === "lost");
    if (said && said !== "lost") {
      take(said);
    }
  });
}

const status = (lost: boolean): HTMLElement => {
  if (lost) {
    return make("span", { class: "class-state", role: "status" }, LOST);
  }
  const words = isFollowing() ? "Following the teacher" : "Not following";
  return make("span", { class: `class-state ${isFollowing() ? "on" : ""}` }, words);
};

function sign({ key, token }: Member, atOnce = false): void {
  const time = performance.now();
  if (atOnce || !signed || time - signed > HERE_MS) {
    signed = time;
    signs = signs.then(() => act("here", { key, token, follows: isFollowing() })); // in their order
  }
}
