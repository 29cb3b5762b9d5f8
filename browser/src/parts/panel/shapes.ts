// Shapes that scikit-learn lacks stand in the row of shapes when they are asked for, or in use; what
// acts on them alone is shown with them.

import { ownShapes } from "../../contract.ts";
import { hear } from "../../kernel/store.ts";

const PANEL = ".settings";

const mark = (name: string, on: boolean): void => {
  document.querySelector(PANEL)?.classList.toggle(name, on);
};

export function listen(): void {
  const own: readonly string[] = ownShapes;
  hear(({ state }) => mark("own-shape", own.includes(state.cov)));
  const turned = ({ target }: Event): void => {
    if (target instanceof HTMLDetailsElement && target.classList.contains("more-shapes")) {
      mark("more-shapes-open", target.open);
    }
  };
  document.addEventListener("toggle", turned, true); // it does not bubble
}
