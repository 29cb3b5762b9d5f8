// Mouse and finger on the pad: from press to release is one stroke, and one step back.

import {
  changed,
  erased,
  isFull,
  joined,
  moved,
  nearest,
  type Place,
  type Point,
  type Points,
  pointAt,
  remembered,
} from "./points.ts";
import { canvas, drawn, erasing, held, planeNow, point, show, type Tool, tell } from "./sheet.ts";

const NEAR = 16; // pixels within which a press means an existing point
const LONGEST_PAUSE_MS = 100; // that the brush makes up for, when the page is slow

interface Stroke {
  readonly before: Points;
  at: Place;
  owed: number; // points that the brush has not set yet
}

let stroke: Stroke | null = null;

// Effect: a canvas hears the pointer.
export function attachStrokes(box: HTMLCanvasElement): void {
  box.addEventListener("pointerdown", down);
  box.addEventListener("pointermove", move);
  box.addEventListener("pointerup", up);
  box.addEventListener("pointercancel", up);
  box.addEventListener("pointerleave", () => point(null));
}

function placeOf(event: PointerEvent): Place {
  const box = canvas()?.getBoundingClientRect();
  return planeNow().place(event.clientX - (box?.left ?? 0), event.clientY - (box?.top ?? 0));
}

const STARTS: Readonly<Record<Tool, (begun: Stroke) => void>> = {
  point: ({ at }) => {
    const pad = drawn();
    if (!isFull(pad)) {
      show(changed(pad, joined(pad, [pointAt(at, held().group)]), pad.points.length));
    }
  },
  brush: (begun) => {
    puff(begun);
    keepPuffing(begun, performance.now());
  },
  move: ({ at }) => {
    const pad = drawn();
    show({ ...pad, selected: nearest(pad.points, at, NEAR / planeNow().scale) });
  },
  erase: ({ at }) => rub(at),
};

function down(event: PointerEvent): void {
  const box = canvas();
  if (event.button !== 0 || stroke || !box) {
    return;
  }
  event.preventDefault();
  box.focus({ preventScroll: true });
  box.setPointerCapture(event.pointerId);
  stroke = { at: placeOf(event), before: drawn().points, owed: 1 };
  STARTS[held().tool](stroke);
}

function keepPuffing(begun: Stroke, before: number): void {
  window.requestAnimationFrame((now) => {
    if (stroke === begun) {
      const passed = Math.min(LONGEST_PAUSE_MS, Math.max(0, now - before));
      begun.owed += (held().density * passed) / 1000;
      puff(begun);
      keepPuffing(begun, now);
    }
  });
}

function puff(begun: Stroke): void {
  const pad = drawn();
  const count = Math.floor(begun.owed);
  begun.owed -= count;
  if (count > 0 && !isFull(pad)) {
    const added = Array.from({ length: count }, () => scattered(begun.at));
    show(changed(pad, joined(pad, added), -1));
  }
}

// A point anywhere within the brush's reach, evenly over the disc.
function scattered([x, y]: Place): Point {
  const { group, radius } = held();
  const angle = 2 * Math.PI * Math.random();
  const far = radius * Math.sqrt(Math.random());
  return pointAt([x + far * Math.cos(angle), y + far * Math.sin(angle)], group);
}

function rub(at: Place): void {
  const pad = drawn();
  const left = erased(pad.points, at, erasing(held()));
  if (left.length < pad.points.length) {
    show(changed(pad, left, -1));
  }
}

function move(event: PointerEvent): void {
  const at = placeOf(event);
  const { tool } = held();
  point(at);
  if (!stroke) {
    return;
  }
  stroke.at = at;
  if (tool === "erase") {
    rub(at);
  } else if (tool !== "brush" && drawn().selected >= 0) {
    show(changed(drawn(), moved(drawn(), at)));
  }
}

function up(): void {
  if (!stroke) {
    return;
  }
  const { before } = stroke;
  stroke = null;
  if (before !== drawn().points) {
    show(remembered(drawn(), before));
  }
  tell("");
}
