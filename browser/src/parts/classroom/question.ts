// A question as a pupil sees it: to be answered, then what the class has said, then why.

import { type ClassBoard, type ClassQuestion, classes } from "../../contract.ts";
import { toQuery } from "../../kernel/link.ts";
import { make } from "../../kernel/page.ts";
import { now } from "../../kernel/store.ts";
import { drawStart } from "./follow.ts";
import type { Member } from "./member.ts";
import { button, heading, showCard } from "./place.ts";
import { mark, whenPointed } from "./points.ts";
import { said as endSaid, strips } from "./strip.ts";
import { histogram } from "./tally.ts";
import { act } from "./wire.ts";

type Answer = number | string | readonly [number, number];
type Ends = readonly (number | null)[];

let shown = ""; // what the card is about, so that a poll does not wipe what somebody types
let mine: { readonly asked: string; readonly answer: Answer; readonly ends: Ends } | null = null;

export function forgetAnswers(): void {
  shown = "";
  mine = null;
  whenPointed(null);
  mark([]);
}

// Effect: the card is that of the open question, if there is one.
export function showQuestion(member: Member, board: ClassBoard): void {
  const now = [board.asked, board.tally !== null, board.why].join("|");
  if (now === shown) {
    return;
  }
  shown = now;
  whenPointed(null);
  mark([]);
  if (!board.question) {
    showCard();
  } else if (board.tally) {
    showTally(board, board.question);
  } else {
    showAsked(member, board, board.question);
  }
}

function showTally(board: ClassBoard, question: ClassQuestion): void {
  const tally = board.tally ?? { n: 0 };
  const own = mine?.asked === board.asked ? mine.answer : null;
  const content: Node[] = [heading(question.prompt, () => showCard())];
  if (tally.points) {
    mark(tally.points);
    content.push(make("p", {}, `${tally.n} pointed: their places are on the plots.`));
  } else if (tally.kmeans) {
    content.push(strips(tally, own === null ? [] : mine?.ends));
  } else {
    content.push(histogram(question, tally, own === null ? "" : labelOf(question, own)));
  }
  if (board.why) {
    content.push(make("p", { class: "class-why" }, board.why));
  }
  showCard(...content);
}

const labelOf = (question: ClassQuestion, answer: Answer): string =>
  question.kind === classes.choice && typeof answer === "number"
    ? (question.options[answer] ?? "")
    : String(answer);

function showAsked(member: Member, board: ClassBoard, question: ClassQuestion): void {
  const said = make("p", { class: "class-said", role: "status" });
  const send = async (answer: Answer): Promise<boolean> => {
    const { key, token } = member;
    const body = { key, token, asked: board.asked, answer };
    const wait = (words: string): void => said.replaceChildren(words);
    const { message, ends = [] } = await act<{ ends?: Ends }>("answer", body, wait);
    if (!message) {
      mine = { asked: board.asked, answer, ends };
    }
    said.replaceChildren(message ?? `Sent. ${endsSaid(ends)}${MAY_CHANGE}`);
    return !message;
  };
  const ways: Readonly<Record<string, () => HTMLElement>> = {
    [classes.choice]: () => choices(question, send),
    [classes.number]: () => number(question, send),
    [classes.point]: () => pointing(send),
    [classes.start]: () => starting(question, send),
  };
  showCard(heading(question.prompt), ways[question.kind]?.() ?? "", said);
}

const MAY_CHANGE = "You may change it until the answers are shown.";

function endsSaid([inertia, likelihood]: Ends): string {
  if (inertia === undefined || inertia === null) {
    return "";
  }
  const mixture = likelihood == null ? "breaks down" : `at ${endSaid(likelihood)}`;
  return `k-means ends at ${endSaid(inertia)}, the mixture ${mixture}. `;
}

type Send = (answer: Answer) => Promise<boolean>;

function choices(question: ClassQuestion, send: Send): HTMLElement {
  const made = question.options.map((option, i) =>
    button(option, async () => {
      if (await send(i)) {
        for (const [j, other] of made.entries()) {
          other.setAttribute("aria-pressed", String(j === i));
        }
      }
    }),
  );
  return make("div", { class: "class-options" }, ...made);
}

function number(question: ClassQuestion, send: Send): HTMLElement {
  const [low = 0, high = 1] = question.x;
  const step = question.whole ? 1 : "any";
  const input = make("input", { type: "number", min: low, max: high, step, required: "" });
  const press = button("Send", () => {}, "filled");
  press.type = "submit";
  const label = make("label", { class: "class-label" }, `From ${low} to ${high}`, input);
  const made = make("form", { class: "class-form", novalidate: "" }, label, press);
  made.addEventListener("submit", (event) => {
    event.preventDefault();
    if (input.value !== "") {
      void send(Number(input.value));
    }
  });
  return made;
}

function starting({ base }: ClassQuestion, send: Send): HTMLElement {
  const words = "Draw a start by its seed, or drag the centres in Step by step. Then send it.";
  const sent = async (): Promise<void> => {
    const state = now();
    if (state) {
      await send(toQuery({ ...state }));
    }
  };
  return make(
    "div",
    { class: "class-options" },
    make("p", {}, words),
    button("Draw a start", () => drawStart(base)),
    button("Send my start", () => void sent(), "filled"),
  );
}

function pointing(send: Send): HTMLElement {
  whenPointed(async (place) => {
    if (await send(place)) {
      mark([place], "mine");
    }
  });
  return make("p", {}, "Press the place on a plot.");
}
