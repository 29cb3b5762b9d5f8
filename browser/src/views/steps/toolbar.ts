// The player's buttons, its slider, and the choices of speed and of what moves.

import { methods } from "../../contract.ts";
import { make } from "../../kernel/page.ts";
import { draw } from "../../kernel/svg.ts";
import type { Action } from "./keys.ts";
import { STORY, STORY_S } from "./pace.ts";
import { type Drive, endOf, placeOf, type Timeline, whereOf } from "./timeline.ts";

const ICONS = {
  first: "M4 3v10M13 3.500L6.500 8 13 12.500Z",
  back: "M11.500 3.500L5 8l6.500 4.500Z",
  play: "M5 3l8 5-8 5Z",
  pause: "M5.500 3v10M10.500 3v10",
  forward: "M4.500 3.500L11 8l-6.500 4.500Z",
  event: "M2 4l5 4-5 4ZM10.500 2.500v7M10.500 13v0.500M14 2.500v7M14 13v0.500",
  last: "M12 3v10M3 3.500L9.500 8 3 12.500Z",
} as const;
const LABELS: Readonly<Record<Action, string>> = {
  first: "First (Home)",
  back: "One back (left arrow)",
  play: "Play (space)",
  forward: "One forward (right arrow)",
  event: "Go on until something happens (N)",
  last: "Last (End)",
};
const PAUSE = "Pause (space)";
const SPEEDS: readonly Choice<number>[] = [
  ...[0.5, 1, 2, 4].map((speed): Choice<number> => [speed, `${speed}×`]),
  [STORY, `in ${STORY_S} s`],
];
const DRIVES: readonly Choice<Drive>[] = [
  ["both", "Both"],
  ["kmeans", methods.kmeans],
  ["gmm", "Mixture"],
];

type Choice<T> = readonly [value: T, label: string];

export interface Orders {
  act(action: Action): void;
  scrub(place: number): void;
  speed(speed: number): void;
  drive(drive: Drive): void;
}

export interface Toolbar {
  at(line: Timeline): void;
  playing(on: boolean): void;
}

// Effect: fills the box; presses become orders.
export function toolbar(box: HTMLElement, orders: Orders): Toolbar {
  const button = (action: Action) => {
    const node = make("button", { class: `player-button player-${action}`, type: "button" });
    name(node, action, LABELS[action]);
    node.addEventListener("click", () => orders.act(action));
    return node;
  };
  const [first, back, play] = [button("first"), button("back"), button("play")];
  const [forward, event, last] = [button("forward"), button("event"), button("last")];
  const group = make("div", { class: "player-buttons" }, first, back, play, forward, event, last);
  const slider = make("input", {
    class: "player-slider",
    type: "range",
    min: 0,
    max: 0,
    step: 1,
    "aria-label": "Half step",
  });
  slider.value = "0";
  slider.addEventListener("input", () => orders.scrub(Number(slider.value)));
  const count = make("output", { class: "player-count" });
  const speed = choice("Speed", SPEEDS, 1, orders.speed);
  const drive = choice("What the player moves", DRIVES, "both", orders.drive);
  box.replaceChildren(group, slider, count, speed, drive);

  function at(line: Timeline): void {
    const [place, end] = [placeOf(line), endOf(line)];
    const where = whereOf(place, end, line.lead);
    slider.max = String(end);
    slider.value = String(place);
    slider.style.setProperty("--done", `${(100 * place) / Math.max(end, 1)}%`);
    slider.setAttribute("aria-valuetext", where);
    count.textContent = where;
    drive.value = line.drive;
    first.disabled = back.disabled = place === 0;
    forward.disabled = event.disabled = last.disabled = place === end;
  }

  function playing(on: boolean): void {
    name(play, on ? "pause" : "play", on ? PAUSE : LABELS.play);
  }

  return { at, playing };
}

function name(button: HTMLButtonElement, icon: keyof typeof ICONS, label: string): void {
  const picture = { viewBox: "0 0 16 16", "aria-hidden": "true" };
  button.title = label;
  button.setAttribute("aria-label", label);
  button.replaceChildren(draw("svg", picture, draw("path", { d: ICONS[icon] })));
}

function choice<T extends string | number>(
  label: string,
  choices: readonly Choice<T>[],
  value: T,
  act: (value: T) => void,
): HTMLSelectElement {
  const box = make("select", { class: "player-choice", "aria-label": label });
  for (const [key, text] of choices) {
    box.append(new Option(text, String(key)));
  }
  box.value = String(value);
  box.addEventListener("change", () => {
    const chosen = choices.find(([key]) => String(key) === box.value);
    if (chosen) {
      act(chosen[0]);
    }
  });
  return box;
}
