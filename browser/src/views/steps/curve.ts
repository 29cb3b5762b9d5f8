// The objective over the half steps, with a cursor; a click or a drag goes there.

import { draw } from "../../kernel/svg.ts";
import { figure } from "./figure.ts";
import type { Run, Side } from "./run.ts";
import { ticks } from "./ticks.ts";

const WIDE = 560; // while nobody knows how wide the box is
const NARROW = 300;
const H = 132;
const LETTER = 11; // for which these are made; larger letters get more room
const PAD = { left: 58, right: 12, top: 12, bottom: 34 };
const MOST_DOTS = 80;
const TITLES: Readonly<Record<Side, string>> = { kmeans: "Inertia", gmm: "Mean log-likelihood" };

export interface Curve {
  at(h: number): void; // Effect: the cursor goes to a half step
}

type Known = readonly [h: number, value: number];

interface Scale {
  readonly width: number;
  readonly pad: typeof PAD;
  readonly letter: number;
  readonly low: number;
  readonly high: number;
  x(h: number): number;
  y(value: number): number;
}

// The values at the edges: some air, and no drama about the last digits.
export function edges(values: readonly number[]): [low: number, high: number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const least = Math.max(Math.abs(low), Math.abs(high), 1e-9) * 1e-4;
  const pad = Math.max((high - low) * 0.08, (least - (high - low)) / 2);
  return [low - pad, high + pad];
}

function scaleOf(width: number, letter: number, last: number, values: readonly number[]): Scale {
  const [low, high] = edges(values);
  const times = letter / LETTER;
  const pad = { ...PAD, left: PAD.left * times, bottom: PAD.bottom * times };
  const inner = H - pad.top - pad.bottom;
  return {
    width,
    pad,
    letter,
    low,
    high,
    x: (h) => pad.left + (h / Math.max(last, 1)) * (width - pad.left - pad.right),
    y: (v) => H - pad.bottom - ((v - low) / (high - low)) * inner,
  };
}

// Effect: fills the box; `go` is told of the half step that is clicked.
export function curve(box: HTMLElement, run: Run, side: Side, go: (h: number) => void): Curve {
  const { objective, last } = run[side];
  const width = Math.max(NARROW, box.clientWidth || WIDE); // letters keep their size on a phone
  const letter = Number.parseFloat(getComputedStyle(box).fontSize) || LETTER;
  const known = objective.flatMap((v, h): Known[] => (v === null ? [] : [[h, v]]));
  const scale = scaleOf(
    width,
    letter,
    last,
    known.map(([, v]) => v),
  );
  const { pad } = scale;
  const title = TITLES[side];
  const cursor = draw("line", { class: "curve-cursor", y1: pad.top - 4, y2: H - pad.bottom + 4 });
  const here = draw("circle", { class: "curve-here", r: 4.5 });
  const svg = draw(
    "svg",
    { viewBox: `0 0 ${width} ${H}`, role: "img" },
    ...axes(scale, last, title),
    ...line(scale, known),
    cursor,
    here,
  );
  box.replaceChildren(svg);
  follow(svg, (share) => {
    const inner = width - pad.left - pad.right;
    const h = Math.round(((share * width - pad.left) / inner) * last);
    go(Math.max(0, Math.min(last, h)));
  });

  function at(h: number): void {
    const [x, value] = [String(scale.x(h)), objective[h] ?? null];
    cursor.setAttribute("x1", x);
    cursor.setAttribute("x2", x);
    svg.setAttribute("aria-label", described(title, known, h));
    here.setAttribute("visibility", value === null ? "hidden" : "visible");
    if (value !== null) {
      here.setAttribute("cx", x);
      here.setAttribute("cy", String(scale.y(value)));
    }
  }

  return { at };
}

// Both ends of the curve and the place of its cursor, in words.
export function described(title: string, known: readonly Known[], h: number): string {
  const said = ([at, value]: Known) => `${figure(value)} after half step ${at}`;
  const [first, last] = [known[0], known.at(-1)];
  const here = known.find(([at]) => at === h);
  const ends = first && last ? `: ${said(first)}, ${said(last)}` : "";
  return `${title} after every half step${ends}. Here${here ? `: ${said(here)}` : " it has none"}.`;
}

function line({ x, y }: Scale, known: readonly Known[]): SVGElement[] {
  const points = known.map(([h, v]) => `${x(h)},${y(v)}`).join(" ");
  const dots = known.length <= MOST_DOTS ? known : [];
  return [
    draw("polyline", { class: "curve-line", points }),
    ...dots.map(([h, v]) => draw("circle", { class: "curve-dot", cx: x(h), cy: y(v), r: 2.4 })),
  ];
}

function axes(
  { width, pad, letter, low, high, x, y }: Scale,
  last: number,
  title: string,
): SVGElement[] {
  const up = ticks(low, high, letter > LETTER ? 2 : 4);
  const along = ticks(0, last, Math.min(last, 8)).values.filter(Number.isInteger);
  const [left, right, below] = [pad.left, width - pad.right, H - pad.bottom + 1.3 * letter];
  const label = (v: number) => ({ x: left - 6, y: y(v) + 0.32 * letter, "text-anchor": "end" });
  const middle = { "text-anchor": "middle" };
  const under = { x: (left + width) / 2, y: H - 4, ...middle };
  return [
    ...up.values.flatMap((v) => [
      draw("line", { class: "curve-grid", x1: left, x2: right, y1: y(v), y2: y(v) }),
      draw("text", { class: "curve-tick", ...label(v) }, up.text(v)),
    ]),
    ...along.map((v) =>
      draw("text", { class: "curve-tick", x: x(v), y: below, ...middle }, String(v)),
    ),
    draw("text", { class: "curve-title", ...under }, `${title}, by half step`),
  ];
}

// `go` is told how far across the pointer is that is pressed or dragged.
function follow(svg: SVGSVGElement, go: (share: number) => void): void {
  const at = (event: PointerEvent) => {
    const box = svg.getBoundingClientRect();
    go((event.clientX - box.left) / box.width);
  };
  svg.addEventListener("pointerdown", (event) => {
    svg.setPointerCapture(event.pointerId);
    at(event);
  });
  svg.addEventListener("pointermove", (event) => {
    if (event.buttons) {
      at(event);
    }
  });
}
