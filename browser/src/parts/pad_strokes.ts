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
} from "./pad_points.ts";
import {
  canvas,
  drawn,
  erasing,
  held,
  planeNow,
  point,
  show,
  type Tool,
  tell,
} from "./pad_sheet.ts";

const NEAR = 16; // pixels within which a press means an existing point
const TICK_MS = 33; // between two puffs of the brush

interface Stroke {
  readonly before: Points;
  at: Place;
  timer: number; // 0: no brush
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
    begun.timer = window.setInterval(() => puff(begun), TICK_MS);
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
  stroke = { at: placeOf(event), before: drawn().points, owed: 1, timer: 0 };
  STARTS[held().tool](stroke);
}

function puff(begun: Stroke): void {
  const { group, radius, density } = held();
  const pad = drawn();
  const added: Point[] = [];
  while (begun.owed >= 1 && !isFull({ ...pad, points: [...pad.points, ...added] })) {
    const angle = 2 * Math.PI * Math.random();
    const far = radius * Math.sqrt(Math.random()); // evenly over the disc
    const [x, y] = begun.at;
    added.push(pointAt([x + far * Math.cos(angle), y + far * Math.sin(angle)], group));
    begun.owed -= 1;
  }
  begun.owed += (density * TICK_MS) / 1000;
  show(changed(pad, [...pad.points, ...added], -1));
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
  window.clearInterval(stroke.timer);
  const { before } = stroke;
  stroke = null;
  if (before !== drawn().points) {
    show(remembered(drawn(), before));
  }
  tell("");
}
