// What stands on a teacher's card: the code to join by, and the question with its answers.

import type { ClassDesk, ClassQuestion } from "../../contract.ts";
import { copyText } from "../../kernel/clipboard.ts";
import { make } from "../../kernel/page.ts";
import { qrPicture } from "../../kernel/qr.ts";
import { type Member, pupilsLink, teachersLink } from "./member.ts";
import { button, heading, say } from "./place.ts";
import { histogram } from "./tally.ts";

type Does = (act: string) => unknown;

export const spaced = (code: string): string => `${code.slice(0, 3)} ${code.slice(3)}`;

// The picture follows, as the server makes it.
export function codeCard(
  member: Member,
  close: () => void,
  rowsOf: (link: string) => Promise<readonly string[]>,
): Node[] {
  const place = make("div", { class: "class-picture" });
  const link = pupilsLink(member.code);
  void rowsOf(link).then(
    (rows) => rows.length && place.replaceChildren(qrPicture(rows, `QR code of ${link}`)),
  );
  return [
    heading("Join this class", close),
    place,
    make("p", { class: "class-code" }, spaced(member.code)),
    make("p", { class: "class-link" }, link),
    make(
      "div",
      { class: "class-row" },
      button("Copy the students' link", () => copyText(link, say)),
      button("Copy my own link", () => copyText(teachersLink(member), say), "plain"),
    ),
    make("p", { class: "hint" }, "Your own link opens this desk elsewhere: keep it to yourself."),
  ];
}

export function questionCard(question: ClassQuestion, desk: ClassDesk, does: Does): Node[] {
  const found = desk.tally ?? { n: 0 };
  const bars = found.points ? [] : [histogram(question, found)];
  const why = desk.why ? [make("p", { class: "class-why" }, desk.why)] : [];
  return [
    heading(question.prompt),
    ...bars,
    make("p", { class: "class-said" }, answered(desk, found.n)),
    ...why,
    make("div", { class: "class-row" }, ...next(desk, does), putAway(does)),
  ];
}

function answered({ following, revealed }: ClassDesk, n: number): string {
  const of = Math.max(following, n);
  const said = `${n} of ${of} ${of === 1 ? "has" : "have"} answered.`;
  return revealed ? `${said} The class sees this.` : said;
}

function next({ revealed, explains, why }: ClassDesk, does: Does): Node[] {
  if (!revealed) {
    return [button("Show the class its answers", () => void does("reveal"), "filled")];
  }
  return explains && !why ? [button("Explain", () => void does("explain"), "filled")] : [];
}

const putAway = (does: Does): Node => button("Put away", () => void does("done"));
