// What a plot of the player says it shows is what is drawn at that place.

import assert from "node:assert/strict";
import { test } from "node:test";
import { described as curveSaid } from "../src/views/steps/curve.ts";
import { describedAt, ON_ITS_WAY, teller } from "../src/views/steps/described.ts";
import { covarianceAt } from "../src/views/steps/ellipses.ts";
import { figure } from "../src/views/steps/figure.ts";
import { momentOf, shownAt } from "../src/views/steps/moment.ts";
import { originals } from "../src/views/steps/placing.ts";
import { decode, SIDES, type Trace } from "../src/views/steps/run.ts";
import { aTrace } from "./a_trace.ts";

const short = (trace: Trace): Trace => ({ ...trace, gmm: { ...trace.gmm, last: 2 } });
const run = decode(short(aTrace())); // there are numbers of one round
const ALL = { ellipses: true, centers: true, plain: false };
const BARE = { ellipses: false, centers: false, plain: true };

test("at every place: the centres that are drawn, and the points in their colours", () => {
  for (const side of SIDES) {
    for (let h = 0; h <= run[side].last; h++) {
      const said = describedAt(run, side, h, ALL);
      const places = shownAt(run, side, h, 1, false).map((spot) =>
        originals(run, spot).map((value) => figure(value, 2)),
      );
      places.forEach(([x, y], j) => {
        assert.ok(said.includes(`${j + 1} at (${x}, ${y})`), said);
      });
      const { dealt } = momentOf(side, h);
      const labels = side === "kmeans" ? run.kmeans.labels : run.gmm.first;
      const own = dealt < 0 ? [] : [...labels.slice(dealt * 3, dealt * 3 + 3)];
      const shares = [...said.matchAll(/([\d.]+) % of the points shown/g)].map(([, n]) =>
        Number(n),
      );
      const expected = own.length ? [0, 1].map((j) => own.filter((l) => l === j).length / 3) : [];
      assert.deepEqual(
        shares,
        expected.map((share) => Math.round(100 * share)),
      );
      assert.equal(said.includes("points in one colour"), dealt < 0);
    }
  }
});

test("ellipses are told of where they are drawn, and by their widths on both axes", () => {
  const end = describedAt(run, "gmm", 2, ALL);
  const frame = momentOf("gmm", 2).frame;
  const [xx, , yy] = covarianceAt(run, frame, frame, 1, 0);
  const widths = `standard deviations ${figure(Math.sqrt(xx), 2)} and ${figure(Math.sqrt(yy), 2)}`;
  assert.equal(end.split(widths).length, 3, end);
  assert.ok(!end.includes("correlation"), "there is none");
  const tilted = decode(short(aTrace()));
  tilted.gmm.covariances.set([4, 1, 1], 0);
  assert.match(describedAt(tilted, "gmm", 2, ALL), /deviations 2\.0 and 1\.0, correlation 0\.50;/);
  assert.ok(
    !describedAt(run, "gmm", 1, ALL).includes("deviations"),
    "none before the first M-step",
  );
  assert.ok(!describedAt(run, "kmeans", 2, ALL).includes("deviations"));
});

test("what is not shown is not told", () => {
  const said = describedAt(run, "gmm", 2, BARE);
  assert.equal(
    said,
    "Gaussian mixture, half step 2 of 2, M-step · end; y against x: 1; 2; points in one colour.",
  );
});

test("while the start is chosen: the centres that there are by then", () => {
  const seeded = decode(aTrace({ seeding: [255, 0, 0, 0, 255, 0] }));
  const first = describedAt(seeded, "kmeans", 0, ALL);
  assert.match(first, /choosing centre 1 of 2; y against x: .*chosen so far: 1 at \(10, 20\)\.$/);
  assert.match(describedAt(seeded, "gmm", 1, ALL), /2 at \(13, 21\)\.$/);
});

test("a start under the hand has the numbers of its list, and what it leads to", () => {
  const said = describedAt(run, "kmeans", 0, { ...ALL, preview: true });
  assert.equal(
    said,
    "k-means, the start; y against x: 1 at (10, 20), 33 % of the points shown; " +
      "2 at (13, 21), 67 % of the points shown.",
  );
});

test("of very many centres those with the most points are said", () => {
  const many = { ...run, k: 20, kmeans: { ...run.kmeans, order: [...Array(20).keys()] } };
  const said = describedAt(many, "kmeans", 1, ALL);
  assert.match(said, /; and 8 with fewer points\.$/);
  assert.match(said, /67 %/);
});

test("it is told once at each place, and on the way only that it is on its way", () => {
  const tell = teller();
  assert.ok(tell(run, "gmm", 1, false, ALL)?.includes("half step 1"));
  assert.equal(tell(run, "gmm", 1, false, ALL), null);
  assert.equal(tell(run, "gmm", 1, true, ALL), ON_ITS_WAY);
  assert.equal(tell(run, "gmm", 2, true, ALL), null);
  assert.ok(tell(run, "gmm", 2, false, ALL)?.includes("half step 2"));
  assert.ok(tell(run, "gmm", 2, false, BARE));
});

test("a curve says both ends and where its cursor is", () => {
  const known = [
    [1, 3],
    [2, 2],
  ] as const;
  assert.equal(
    curveSaid("Inertia", known, 2),
    "Inertia after every half step: 3.000 after half step 1, 2.000 after half step 2. " +
      "Here: 2.000 after half step 2.",
  );
  assert.match(curveSaid("Inertia", known, 0), /Here it has none\.$/);
});
