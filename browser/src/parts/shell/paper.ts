// Before the page is printed its view says how large it is: its plots are printed as they are drawn,
// since the browser waits for nobody who would draw them anew.

// Pixels of paper on its side within margins of 10 mm, under the name of the page: as wide as a letter,
// as high as A4, so that both will do.
const WIDTH = 979;
const HEIGHT = 670;
const SMALLEST = 0.7; // of what would fill the width; what is longer takes several sheets
const MAIN = ".mantine-AppShell-main";
const STAGE = ".stage:not([hidden])";

// Effect: the style for print knows the sizes, from now on.
export function listen(): void {
  window.addEventListener("beforeprint", measure);
}

function measure(): void {
  const main = document.querySelector<HTMLElement>(MAIN);
  for (const box of main?.querySelectorAll<HTMLElement>(".plot-box") ?? []) {
    box.style.setProperty("--drawn-width", `${box.clientWidth}px`);
    box.style.setProperty("--drawn-height", `${box.clientHeight}px`);
  }
  const stage = main?.querySelector<HTMLElement>(STAGE);
  if (main && stage) {
    const { offsetWidth: width, offsetHeight: height } = stage;
    main.style.setProperty("--on-screen", `${width}px`);
    main.style.setProperty("--to-paper", String(scaleOf(width, height)));
  }
}

// How small a view becomes: as wide as the paper, and on one sheet where little is missing.
export function scaleOf(width: number, height: number): number {
  const wide = Math.min(1, WIDTH / width);
  const high = Math.min(wide, HEIGHT / height);
  return high >= SMALLEST * wide ? high : wide;
}
