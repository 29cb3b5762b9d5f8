// The teacher's desk: what the page shows is shown to the class; the code; the question and what is
// answered.

import type { ClassDesk } from "../../contract.ts";
import { toQuery } from "../../kernel/link.ts";
import { make } from "../../kernel/page.ts";
import { hear, now } from "../../kernel/store.ts";
import { showAskForm } from "./ask_form.ts";
import { codeCard, questionCard, spaced } from "./desk_cards.ts";
import type { Member } from "./member.ts";
import { announceCard, button, renewCard, say, showBar, showCard } from "./place.ts";
import { mark } from "./points.ts";
import { poll } from "./poll.ts";
import { LOST, Reach } from "./reach.ts";
import { act, ask, type Said } from "./wire.ts";

const TOGETHER_MS = 200; // changes that follow each other faster are shown as one

let show: (search: string) => void = () => {};
let timer = 0;
hear(({ state }) => {
  window.clearTimeout(timer);
  timer = window.setTimeout(() => show(toQuery({ ...state })), TOGETHER_MS);
});

// Effect: this page teaches a class until it is over.
export function teach(member: Member, leave: (words: string) => void): void {
  const { key, token } = member;
  let desk: ClassDesk | null = null;
  let card: "code" | "ask" | "question" | null = null;
  let drawn = ""; // what the question's card shows
  let about = ""; // and of which question
  let sent = "";
  let line: Promise<unknown> = Promise.resolve();

  const take = (said: ClassDesk & Said): void => {
    if (said.over || said.closed) {
      quit(said.message ?? "The class has ended.");
    } else if (!said.message) {
      desk = said;
      write();
      turnTo(desk);
    }
  };
  // One act after the other, so that the class sees them in their order.
  const does = (name: string, body: Readonly<Record<string, unknown>> = {}): Promise<string> => {
    const done = line.then(async () => {
      const said = await act<ClassDesk>(name, { key, token, ...body }, say);
      take(said);
      return said.message ?? "";
    });
    line = done;
    return done;
  };
  const reach = new Reach(() => write());
  const stop = poll(async () => {
    const said = await ask<ClassDesk>("desk", { key, token });
    reach.tell(!said);
    if (said?.message && !said.over) {
      quit(said.message); // the desk itself is refused: this link is not the teacher's
    } else if (said) {
      take(said);
    }
  });
  show = (search) => {
    if (search !== sent) {
      sent = search;
      void does("show", { link: search }).then((words) => words && say(words));
    }
  };
  const quit = (words: string): void => {
    stop();
    show = () => {};
    mark([]);
    showCard();
    showBar();
    leave(words);
  };

  const rowsOf = async (link: string): Promise<readonly string[]> => {
    const said = await ask<{ rows?: string[] }>("qr", { key, token, link });
    return said?.rows ?? [];
  };
  const showCode = (): void => {
    card = "code";
    showCard(...codeCard(member, closeCard, rowsOf));
  };
  const closeCard = (): void => {
    card = null;
    drawn = "";
    showCard();
  };
  const openForm = (): void => {
    card = "ask";
    showAskForm((question) => does("ask", { question }));
  };

  // Effect: the card is the question's while there is one, unless the code is being shown.
  const turnTo = (seen: ClassDesk): void => {
    const { question, tally, revealed, why, following } = seen;
    if (!question) {
      if (card === "question") {
        closeCard();
        mark([]);
      }
      return;
    }
    mark(tally?.points ?? []);
    const now = JSON.stringify([question, tally, revealed, why, following]);
    if (card === "code" || now === drawn) {
      return;
    }
    const isSame = card === "question" && about === seen.asked;
    card = "question";
    drawn = now;
    about = seen.asked;
    (isSame ? renewCard : showCard)(...questionCard(question, seen, does));
  };
  const write = (): void => {
    const { following = 0, joined = 0, question = null } = desk ?? {};
    showBar(
      make("span", { class: "class-state on" }, `Class ${spaced(member.code)}`),
      make(
        "span",
        { class: "class-following" },
        reach.isLost ? LOST : `${following} of ${joined} follow`,
      ),
      button("Code", () => (card === "code" ? closeCard() : showCode())),
      ...(question ? [] : [button("Ask", openForm, "filled")]),
      button("End the class", () => void does("close"), "plain"),
    );
  };
  announceCard(false); // the answers that come in would never let it end
  write();
  showCode();
  const state = now();
  if (state) {
    show(toQuery({ ...state }));
  }
}
