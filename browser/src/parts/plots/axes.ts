// Views of many columns that show more than the chosen one: a press sets both axes.

import { covarianceTypes, directions, ids, type State } from "../../contract.ts";
import { set } from "../../kernel/dash.ts";
import { onClick } from "../../kernel/page.ts";

type Axes = Pick<State, "x" | "y">;
type Model = Pick<State, "cov" | "k">;

// The axes of a table that is opened anew; none where its two columns are all there is to see.
export function firstAxes(d: number, { cov, k }: Model): { x: string | null; y: string | null } {
  const { name, fewestColumns, fewestComponents } = directions;
  const called = (number: number): string =>
    name.replace("{number}", String(number)).replace("{cov}", cov).replace("{k}", String(k));
  const plain = d < fewestColumns || k < fewestComponents;
  return plain ? { x: null, y: null } : { x: called(1), y: called(2) };
}

// The axes that follow to another mixture: those that separate it, where those of a mixture were
// shown. They are none where its shape is not among those that have names, or it is one Gaussian.
export function following(shown: Axes, { cov, k }: Model): Axes | null {
  const known = /^DR\d{1,3} \([a-z]{1,20}, K = \d{1,2}\)$/;
  const { x, y } = firstAxes(directions.fewestColumns, { cov, k });
  const follow =
    known.test(shown.x) && known.test(shown.y) && covarianceTypes.some((one) => one === cov);
  return follow && x && y ? { x, y } : null;
}

export const listen = (): void =>
  onClick(".axes-offer", (button) => {
    for (const [key, value] of Object.entries(JSON.parse(button.dataset.axes ?? "{}"))) {
      set(ids.control(key), { value });
    }
  });
