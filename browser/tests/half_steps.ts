// The half steps of the browser for problems that are read as JSON: tests/engine/test_half_steps.py
// compares what is written with the engine.

import { readFileSync } from "node:fs";
import type { Cloud } from "../src/views/steps/cloud.ts";
import { eStep, type Mixture, mStep } from "../src/views/steps/em.ts";
import { assign, inertia, move } from "../src/views/steps/lloyd.ts";

interface Problem {
  readonly n: number;
  readonly d: number;
  readonly mean: number[];
  readonly z: number[]; // (n, d), centred
  readonly centers: number[]; // (k, d), centred
  readonly covariance_type: string;
  readonly reg_covar: number;
  readonly mixtures: readonly Record<keyof Mixture, number[]>[]; // to go on from
}

const floats = (values: readonly number[]) => Float64Array.from(values);

function solve({ n, d, mean, z, centers, covariance_type, reg_covar, mixtures }: Problem) {
  const cloud: Cloud = { n, d, z: floats(z), mean: floats(mean) };
  const k = centers.length / d;
  const labels = assign(cloud, centers);
  const hard = new Float64Array(n * k);
  labels.forEach((j, i) => {
    hard[i * k + j] = 1;
  });
  const rounds = mixtures.map((one) => {
    const mixture = {
      weights: floats(one.weights),
      means: floats(one.means),
      covariances: floats(one.covariances),
    };
    const found = eStep(cloud, mixture);
    const next = found && mStep(cloud, found.responsibilities, covariance_type, reg_covar);
    return { ...found, next };
  });
  return {
    labels,
    inertia: inertia(cloud, labels, centers),
    moved: move(cloud, labels, centers),
    first: mStep(cloud, hard, covariance_type, reg_covar),
    rounds,
  };
}

const problems: Problem[] = JSON.parse(readFileSync(0, "utf8"));
const plain = (_: string, value: unknown) =>
  ArrayBuffer.isView(value) ? [...(value as Float64Array)] : value;
process.stdout.write(JSON.stringify(problems.map(solve), plain));
