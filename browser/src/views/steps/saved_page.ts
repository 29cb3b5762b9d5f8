// What runs inside a saved animation: the same player and the same drawing as on the page, with
// axes of its own.

import { ids } from "../../contract.ts";
import { sharpPen } from "../../kernel/canvas.ts";
import { find, make } from "../../kernel/page.ts";
import { teller } from "./described.ts";
import { drawSide } from "./frame.ts";
import { drawAxes, plainView } from "./plain_axes.ts";
import { createPlayer } from "./player.ts";
import { bySide, decode, type Run, type Side } from "./run.ts";
import type { Saved } from "./saving.ts";
import type { CardParts } from "./words.ts";

interface Card extends CardParts {
  readonly box: HTMLElement;
  readonly canvas: HTMLCanvasElement;
}

// Effect: fills the page and begins to play.
export function playSaved(): void {
  const { trace, overlays }: Saved = JSON.parse(find(ids.STEPS_SAVED)?.textContent ?? "null");
  const run = decode(trace);
  const cards = bySide((side) => cardOf(run, side));
  const toolbar = make("div", { class: "player" });
  const panels = make("main", { class: "saved-panels" }, cards.kmeans.box, cards.gmm.box);
  const news = make("p", { class: "steps-hands", role: "status" });
  document.body.append(toolbar, make("p", { class: "steps-note" }, run.note), news, panels);

  const tell = teller();
  function describe(side: Side, p: number): void {
    const said = tell(run, side, p, player.playing(), overlays);
    if (said !== null) {
      cards[side].canvas.setAttribute("aria-label", said);
    }
  }

  function draw(side: Side, p: number, t: number): void {
    const { canvas } = cards[side];
    describe(side, p);
    const { clientWidth, clientHeight } = canvas;
    const ctx = sharpPen(canvas, clientWidth, clientHeight);
    if (ctx) {
      const plain = plainView(run, clientWidth, clientHeight);
      drawAxes(ctx, run, plain);
      drawSide(ctx, run, plain.view, side, p, t, overlays);
    }
  }

  const player = createPlayer({
    toolbar,
    cards,
    draw,
    happened: (what) => news.replaceChildren(what),
  });
  player.load(run, 0);
  document.addEventListener("keydown", player.key);
  window.addEventListener("resize", player.paint);
  player.play(0);
}

function cardOf(run: Run, side: Side): Card {
  const phase = make("span", { class: "steps-phase" });
  const said = make("span");
  const canvas = make("canvas", { class: "saved-canvas", role: "img" });
  const curve = make("div", { class: "steps-curve" });
  const formulas = make("pre", { class: "steps-formulas" });
  formulas.hidden = true;
  const title = make("h2", {}, run[side].title);
  const line = make("div", { class: "steps-said" }, phase, said);
  const box = make("section", { class: "saved-card" }, title, line, canvas, curve, formulas);
  return { box, canvas, phase, said, curve, formulas };
}
