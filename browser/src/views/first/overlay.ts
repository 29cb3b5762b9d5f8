// What came with the page lies over it until the page's own plots are drawn, or somebody does
// something, or something must be said instead.

const LONGEST_MS = 20_000; // after which the page shows whatever it has
const WHOLE = "first-whole";
const ACTS = ["pointerdown", "keydown"] as const;

const byId = (id: string | undefined): HTMLElement | null =>
  id ? document.getElementById(id) : null;

// Effect: takes `first` away when its time has come. It says which element is the page's, and which
// bears errors.
export function leaveInTime(first: HTMLElement): void {
  const whole = first.dataset.whole === "1";
  const main = () => byId(first.dataset.main);
  let since = 0;
  document.body.classList.toggle(WHOLE, whole);

  function leave(): void {
    first.remove();
    document.body.classList.remove(WHOLE);
    for (const act of ACTS) {
      window.removeEventListener(act, interrupt);
    }
  }

  // Whoever does something wants to see what the page makes of it.
  function interrupt(): void {
    if (main()) {
      leave();
    }
  }

  function look(): void {
    const page = main();
    since ||= page ? performance.now() : 0;
    const over = performance.now() - since > LONGEST_MS;
    const done = page
      ? !whole || over || drawn(page) || Boolean(byId(first.dataset.error)?.offsetParent)
      : document.querySelector("._dash-error") !== null;
    if (done) {
      leave();
    } else if (first.isConnected) {
      window.requestAnimationFrame(look);
    }
  }

  for (const act of ACTS) {
    window.addEventListener(act, interrupt);
  }
  look();
}

function drawn(page: HTMLElement): boolean {
  const boxes = [...page.querySelectorAll<HTMLElement>(".plot-box")];
  const seen = boxes.filter((box) => box.offsetParent);
  const has = (box: HTMLElement) => box.querySelector(".scatterlayer .trace, .gl-canvas") !== null;
  return seen.length > 0 && seen.every(has);
}
