// Controls that are there while they act. Shapes that scikit-learn lacks stand in the row of shapes
// when they are asked for, or in use, and what acts on them alone is shown with them. Step by step
// plays one start: restarts matter to it only where a search chooses it, and the kind of start only
// where it could.

import { informed, ownShapes, type State } from "../../contract.ts";
import { hear } from "../../kernel/store.ts";

const PANEL = ".settings";
const OWN: readonly string[] = ownShapes;

const mark = (name: string, on: boolean): void => {
  document.querySelector(PANEL)?.classList.toggle(name, on);
};

// A start that is chosen there goes first, and no neighbour knows one for a shape of our own.
const mayBeInformed = ({ start, cov }: State): boolean => start === "auto" && !OWN.includes(cov);

// Compare's pair alone has a background.
const lost = ({ background, view, show }: State): boolean =>
  background === "on" && (view !== "compare" || show.includes("shapes"));

const searches = (state: State): boolean => mayBeInformed(state) && state.init === informed;

export function listen(): void {
  hear(({ state }) => {
    mark("own-shape", OWN.includes(state.cov));
    mark("with-background", state.background === "on");
    mark("without-background", lost(state));
    mark("one-start", state.view === "steps" && !searches(state));
    mark("placed", state.view === "steps" && !mayBeInformed(state));
  });
  const turned = ({ target }: Event): void => {
    if (target instanceof HTMLDetailsElement && target.classList.contains("more-shapes")) {
      mark("more-shapes-open", target.open);
    }
  };
  document.addEventListener("toggle", turned, true); // it does not bubble
}
