// Where the starts of a class end: for each method a strip, one dot for each pupil.

import type { ClassTally } from "../../contract.ts";
import { make } from "../../kernel/page.ts";
import { draw } from "../../kernel/svg.ts";

type Ends = readonly (readonly number[])[]; // value, and 1 where its centres were dragged

const WIDE = 400;
const HIGH = 64;
const EDGE = 8;
const COLUMNS = 48; // ends nearer to each other than this stand on each other
const RADIUS = 5;
const METHODS = [
  { name: "kmeans", title: "k-means: inertia", lower: true },
  { name: "gmm", title: "Mixture: log-likelihood", lower: false },
] as const;

export const said = (value: number): string =>
  String(Number(value.toPrecision(5))).replace("-", "−");

export interface Dot {
  readonly x: number;
  readonly y: number;
  readonly r: number;
  readonly kind: string;
}

// As far as the server says them.
const near = (a: number, b: number): boolean =>
  Math.abs(a - b) <= 1e-6 * Math.max(Math.abs(a), Math.abs(b));

// Dots that would lie over each other are piled up; `best` ones and the pupil's `own` say so.
export function dots(ends: Ends, lower: boolean, own: number | null): Dot[] {
  const values = ends.map(([value = 0]) => value);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const best = lower ? low : high;
  const column = (value: number): number =>
    near(low, high) ? COLUMNS / 2 : Math.round((COLUMNS * (value - low)) / (high - low));
  const piles = new Map<number, number>();
  const placed = ends.map(([value = 0, dragged = 0]) => {
    const at = column(value);
    const level = piles.get(at) ?? 0;
    piles.set(at, level + 1);
    return { at, level, value, dragged };
  });
  const most = Math.max(1, ...piles.values());
  const step = Math.min(2 * RADIUS, (HIGH - 2 * EDGE) / most);
  let mine = own;
  return placed.map(({ at, level, value, dragged }) => {
    const isMine = mine !== null && near(value, mine);
    mine = isMine ? null : mine;
    return {
      x: EDGE + ((WIDE - 2 * EDGE) * at) / COLUMNS,
      y: HIGH - EDGE - (level + 0.5) * step,
      r: Math.max(1, step / 2),
      kind: [near(value, best) && "best", dragged && "dragged", isMine && "mine"]
        .filter(Boolean)
        .join(" "),
    };
  });
}

// `own`: where a pupil's own start ended.
export function strips(tally: ClassTally, own: readonly (number | null)[] = []): HTMLElement {
  const rows = METHODS.map(({ name, title, lower }, i) =>
    strip(title, tally[name] ?? [], lower, own[i] ?? null, tally.best?.[name]),
  );
  const dragged = (tally.kmeans ?? []).some(([, one]) => one);
  const key = dragged ? "Filled: drawn. Hollow: dragged." : "";
  const fallen = tally.n - (tally.gmm?.length ?? 0);
  const lost = fallen ? `From ${fallen} a component of the mixture collapsed.` : "";
  const hint = [key, lost].filter(Boolean).join(" ");
  return make("div", { class: "class-strips" }, ...rows, make("p", { class: "hint" }, hint));
}

function strip(
  title: string,
  ends: Ends,
  lower: boolean,
  own: number | null,
  link: string | undefined,
): HTMLElement {
  const head = make("h3", { class: "class-strip-title" }, title);
  if (!ends.length) {
    return make("div", {}, head, make("p", { class: "hint" }, "Nobody has sent a start yet."));
  }
  const values = ends.map(([value = 0]) => value);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const best = lower ? low : high;
  const drawn = dots(ends, lower, own);
  const first = drawn.filter(({ kind }) => kind.startsWith("best")).length;
  const words = `${title}. ${ends.length} starts end between ${said(low)} and ${said(high)}, ${first} at the best, ${said(best)}.`;
  const picture = draw(
    "svg",
    { viewBox: `0 0 ${WIDE} ${HIGH}`, class: "class-strip", role: "img", "aria-label": words },
    draw("line", { x1: 0, x2: WIDE, y1: HIGH - EDGE + 1, y2: HIGH - EDGE + 1 }),
    ...drawn.map(({ x, y, r, kind }) => draw("circle", { cx: x, cy: y, r: r - 0.5, class: kind })),
  );
  const ways = link ? [make("a", { href: link }, "See the best of the class")] : [];
  const [left, right] = [lower ? "best" : "", lower ? "" : "best"];
  return make(
    "div",
    {},
    head,
    picture,
    make(
      "p",
      { class: "class-ends" },
      make("span", {}, `${said(low)} ${left}`.trim()),
      make("span", {}, `${first} of ${ends.length} at the best`),
      make("span", {}, `${said(high)} ${right}`.trim()),
    ),
    ...ways,
  );
}
