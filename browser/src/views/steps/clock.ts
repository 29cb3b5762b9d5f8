// The time of the player: half steps that follow one another, of which each turns for a while and
// then rests.

const HALF_STEP_MS = 900; // at speed 1
const TURN_MS = 450; // of which something moves
const FLEETING_MS = 140;
const MOST_AT_ONCE = 6; // half steps in a frame

export interface Ticked {
  step(seen: boolean): boolean; // to the next half step; whether there was one
  show(): void; // the last one that was not seen
  turn(share: number): void; // how far the half step under way has turned
  done(): void; // the last one has rested: stop the clock
}

export interface Clock {
  playing(): boolean;
  play(): void;
  turnOnce(): void; // one half step by hand
  stop(): void;
  speed(factor: number): void;
}

const still = window.matchMedia("(prefers-reduced-motion: reduce)");

// Whether nothing shall move: half steps then come at once.
export const isStill = (): boolean => still.matches;

export function clock(ticked: Ticked): Clock {
  let playing = false;
  let speed = 1;
  let since = 0; // when the half step under way began
  let turned = 1; // how much of it has turned
  let asked = 0;

  const ask = (frame: FrameRequestCallback) => {
    asked = requestAnimationFrame(frame);
  };

  function play(): void {
    playing = true;
    since = performance.now() - (isStill() ? 0 : TURN_MS / speed); // the first has turned already
    turned = 1;
    ask(tick);
  }

  function tick(now: number): void {
    const length = HALF_STEP_MS / speed;
    const passed = now - since;
    if (passed < length) {
      turn(passed, TURN_MS / speed);
    } else if (length < FLEETING_MS) {
      catchUp(now);
    } else {
      since = passed > 2 * length ? now : since + length;
      next();
    }
    if (playing) {
      ask(tick);
    }
  }

  // Half steps that are hardly seen keep to the time; no other is ever left out.
  function catchUp(now: number): void {
    for (let i = 0; i < MOST_AT_ONCE && playing && now - since >= HALF_STEP_MS / speed; i++) {
      since += HALF_STEP_MS / speed;
      next(false);
    }
    ticked.show();
  }

  function next(seen = true): void {
    turned = isStill() ? 1 : 0;
    if (!ticked.step(seen)) {
      ticked.done();
    }
  }

  function turn(passed: number, length: number): void {
    if (turned < 1) {
      turned = Math.max(0, Math.min(1, passed / length));
      ticked.turn(turned);
    }
  }

  function turnOnce(): void {
    since = performance.now();
    turned = 0;
    ask(alone);
  }

  function alone(now: number): void {
    turn(now - since, TURN_MS);
    if (turned < 1) {
      ask(alone);
    }
  }

  function stop(): void {
    cancelAnimationFrame(asked);
    playing = false;
    turned = 1;
  }

  return {
    playing: () => playing,
    play,
    turnOnce,
    stop,
    speed: (factor) => {
      speed = factor;
    },
  };
}
