// Asks again and again until it is stopped; less often in a tab that nobody looks at.

export const PAUSE_MS = 1500;
const HIDDEN_MS = 6000;

export function poll(ask: () => Promise<void>): () => void {
  let going = true;
  let timer = 0;
  const next = async (): Promise<void> => {
    window.clearTimeout(timer);
    await ask();
    if (going) {
      timer = window.setTimeout(next, document.hidden ? HIDDEN_MS : PAUSE_MS);
    }
  };
  const seen = (): void => {
    if (!document.hidden && going) {
      window.clearTimeout(timer);
      timer = window.setTimeout(next, 0);
    }
  };
  document.addEventListener("visibilitychange", seen);
  next();
  return () => {
    going = false;
    window.clearTimeout(timer);
    document.removeEventListener("visibilitychange", seen);
  };
}
