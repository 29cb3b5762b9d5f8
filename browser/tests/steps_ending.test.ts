// Where both runs end under a hand: drawn and said as the end of a whole run is.

import assert from "node:assert/strict";
import { test } from "node:test";
import { bytes } from "../src/kernel/packed.ts";
import { describedAt } from "../src/views/steps/described.ts";
import { type Shade, shadeOf } from "../src/views/steps/dots.ts";
import { ending } from "../src/views/steps/ending.ts";
import { momentOf, shownAt } from "../src/views/steps/moment.ts";
import { decode, outward, SIDES, spotOf, type Trace } from "../src/views/steps/run.ts";
import { saidAt } from "../src/views/steps/words.ts";
import { aTrace, floats } from "./a_trace.ts";

const packed = (...values: number[]) => ({
  bdata: Buffer.from(Uint8Array.from(values)).toString("base64"),
});

// A whole run: two assignments by k-means, three by the mixture; and what of it is sent at once.
function pair(): [whole: Trace, end: Trace] {
  const base = aTrace();
  const whole = {
    ...base,
    kmeans: {
      ...base.kmeans,
      last: 3,
      said: ["a", "b", "c", "d"],
      labels: packed(0, 0, 1, 1, 0, 1),
    },
    gmm: {
      ...base.gmm,
      last: 5,
      said: ["a", "b", "c", "d", "e", "f"],
      means: floats(0, 0, 4, 0, 1, 2, 3, 4),
      covariances: floats(1, 0, 1, 1, 0, 1, 2, 1, 2, 3, 0, 3),
      weights: floats(0.5, 0.5, 0.25, 0.75),
      first: packed(0, 1, 1, 0, 0, 1, 1, 0, 1),
      second: packed(1, 0, 0, 1, 1, 0, 0, 1, 0),
      share: packed(255, 204, 255, 200, 201, 202, 203, 204, 205),
    },
  };
  const { kmeans, gmm } = whole;
  return [
    whole,
    {
      ...whole,
      kmeans: { ...kmeans, said: ["d"], labels: packed(...bytes(kmeans.labels).slice(-3)) },
      gmm: {
        ...gmm,
        said: ["f"],
        first: packed(...bytes(gmm.first).slice(-3)),
        second: packed(...bytes(gmm.second).slice(-3)),
        share: packed(...bytes(gmm.share).slice(-3)),
      },
    },
  ];
}

test("what came of the end is drawn and said as that of the whole run, from another origin", () => {
  const [whole, end] = pair();
  const run = decode(whole);
  const page = { ...run, origin: [8, 21] as const, columns: ["u", "v"] };
  const found = ending(end, page);
  assert.deepEqual([found.origin, found.columns], [page.origin, page.columns]);
  for (let i = 0; i < run.n; i++) {
    assert.deepEqual(outward(found, spotOf(found.points, i)), outward(run, spotOf(run.points, i)));
  }
  const options = { centers: true, ellipses: true, plain: false };
  for (const side of SIDES) {
    const { last } = run[side];
    assert.equal(saidAt(found, side, last), saidAt(run, side, last));
    assert.equal(describedAt(found, side, last, options), describedAt(run, side, last, options));
    assert.deepEqual(
      shownAt(found, side, last, 1, false).map((spot) => outward(found, spot)),
      shownAt(run, side, last, 1, false).map((spot) => outward(run, spot)),
    );
    const { dealt } = momentOf(side, last);
    const shades = [found, run].map((one) =>
      Array.from({ length: run.n }, (_, i) => {
        const shade: Shade = [0, 0, 0, 0];
        shadeOf(one, side, dealt, i, shade);
        return shade;
      }),
    );
    assert.deepEqual(shades[0], shades[1]);
  }
});
