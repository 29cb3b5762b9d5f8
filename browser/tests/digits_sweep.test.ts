import assert from "node:assert/strict";
import { test } from "node:test";
import { fresh, type Job } from "../src/parts/chain/job.ts";
import { sweepDescribed, sweepPicture, sweepWords } from "../src/views/digits/sweep_shown.ts";

const ROWS = [
  { size: 50, aic: 3, bic: 5, degenerate: false },
  { size: 60, aic: 1, bic: 6, degenerate: true },
];
const says = (status: Job["status"], count: number, more: Partial<Job> = {}) =>
  sweepWords({ ...fresh({}), status, ...more }, ROWS.slice(0, count), 2, "An offer.");

test("the sentence beside the sweep says how far it is, and at its end what was found", () => {
  assert.equal(says("waiting", 0), "An offer.");
  assert.equal(says("running", 0), "Fitting the first mixture …");
  assert.equal(says("running", 1), "1 of 2 mixtures …");
  assert.equal(says("stopped", 1), "1 of 2 mixtures; stopped.");
  assert.equal(says("refused", 1, { said: "Too long." }), "Too long.");
  assert.match(says("retrying", 1, { pause: 3 }), /^1 of 2 mixtures · .* again in 3 s$/);
  const end = says("done", 2);
  assert.match(end, /^AIC is least with 60 components, BIC with 50\. /);
  assert.match(end, / Hollow: /);
});

test("models that describe too few images are hollow, and the empty chart's words go", () => {
  const data = [{ meta: { criterion: "bic" }, marker: { size: 9 } }];
  const layout = { yaxis: { title: { text: "score" } }, annotations: [{ text: "Press Start" }] };
  const figureOf = (count: number) => {
    const { figure } = sweepPicture({ data, layout }, ROWS.slice(0, count), "f");
    return figure as { data: Record<string, unknown>[]; layout: typeof layout };
  };
  const { data: drawn, layout: full } = figureOf(2);
  assert.deepEqual(
    [drawn[0]?.x, drawn[0]?.y],
    [
      [50, 60],
      [5, 6],
    ],
  );
  assert.deepEqual(drawn[0]?.marker, { size: 9, symbol: ["circle", "circle-open"] });
  assert.deepEqual(full.annotations, []);
  assert.deepEqual(full.yaxis, { title: { text: "score" }, showticklabels: true });
  assert.equal(figureOf(0).layout.annotations.length, 1);
  assert.equal(layout.annotations.length, 1, "the empty chart is as it was");
});

test("the chart is told with where both criteria are least", () => {
  assert.equal(
    sweepDescribed(ROWS),
    "2 mixtures with 50 to 60 components: AIC least with 60 (1), BIC least with 50 (5); 1 hollow.",
  );
  assert.equal(sweepDescribed([]), "No mixture is drawn yet.");
  const figure = { data: [], layout: { yaxis: {}, annotations: [] } };
  assert.equal(sweepPicture(figure, ROWS, "f").words, sweepDescribed(ROWS));
});
