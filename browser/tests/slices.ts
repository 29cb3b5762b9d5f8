// Slices in the browser for mixtures that are read as JSON: tests/engine/test_conditional.py compares
// what is written with the engine.

import { readFileSync } from "node:fs";
import { condition, density, type Plane } from "../src/views/density/conditional.ts";

interface Asked extends Plane {
  readonly at: number;
  readonly values: readonly number[];
}

const solve = ({ at, values, ...plane }: Asked) => {
  const found = condition(plane, at);
  return { ...found, heights: values.map((value) => density(found, value)) };
};

const asked: Asked[] = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(asked.map(solve)));
