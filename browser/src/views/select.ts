// "How many?": the range of K, which settings show, and clicks on models.

import { ids, informed, type State, shownAt } from "../contract.ts";
import { set } from "../kernel/dash.ts";
import { onClick } from "../kernel/page.ts";
import { now } from "../kernel/store.ts";
import { following } from "../parts/plots/axes.ts";
import { onPoint } from "../parts/plots/clicks.ts";

const setControl = (key: string, value: unknown): void => set(ids.control(key), { value });

// One slider with two thumbs sets two controls. Effect: not by outputs, for which the rest of
// the page would wait when the view is built.
export function ends(range: readonly number[] | null): void {
  if (Array.isArray(range) && range.length === 2) {
    setControl("kmin", range[0]);
    setControl("kmax", range[1]);
  }
}

// Only settings that have an effect show: folds for the criterion that uses them, the choice of
// curves for the chart that draws several.
export function listen(state: State | null): string {
  const gone = Object.entries(shownAt)
    .filter(([, [key, value]]) => state?.[key as keyof State] !== value)
    .map(([part]) => `without-${part}`);
  return ["toolbar", ...gone].join(" ");
}

// A click on a model: Compare shows it.
function useModel([shape, k, byNeighbours]: readonly unknown[]): void {
  if (shape !== "kmeans") {
    setControl("cov", shape);
  }
  if (byNeighbours) {
    setControl("init", informed);
  }
  const axes = shape === "kmeans" ? null : axesOf(String(shape), Number(k));
  for (const [key, value] of Object.entries(axes ?? {})) {
    setControl(key, value);
  }
  setControl("k", k);
  setControl("view", "compare");
}

// Many columns are seen along what separates the model that is opened, if along such directions.
function axesOf(cov: string, k: number): Partial<State> | null {
  const state = now();
  const fixed = state && [...state.lock, ...state.hide].some((key) => key === "x" || key === "y");
  return state && !fixed ? following(state, { cov, k }) : null;
}

// A link to a model: the same, unless it is to open in a tab of its own. The page stays, and with it
// what was compared.
function follow(link: HTMLAnchorElement, event: MouseEvent): void {
  const asked = new URLSearchParams(link.search);
  if (!(event.ctrlKey || event.metaKey || event.shiftKey)) {
    event.preventDefault();
    useModel([asked.get("cov"), Number(asked.get("k")), asked.get("init") === informed]);
  }
}

export function hearClicks(): void {
  onClick(`#${ids.stage("select")} a[href*="view=compare"]`, follow);
  onPoint(ids.SELECT_MIXTURES, useModel);
  onPoint(ids.WHOLE, useModel);
  onPoint(ids.SELECT_KMEANS, useModel);
}
