import assert from "node:assert/strict";
import { test } from "node:test";
import type { Piece } from "../src/contract.ts";
import { add, endOne, fresh, type Job, putBack, rowsOf, takeNext } from "../src/parts/chain/job.ts";
import { gathered, isLost, MOST_NAMES, nameAnew } from "../src/parts/chain/names.ts";
import { stillIn } from "../src/parts/chain/rivals.ts";
import { splitOf } from "../src/parts/chain/split.ts";
import { left, percentOf, spoken, words } from "../src/parts/chain/words.ts";

const RULE = { alike: ["k"], order: "number", best: "bound", slack: 0 };

const answer = (total: number, rows: Piece["rows"] = {}): Piece => ({
  pieces: { seconds: Array(total).fill(2), models: Array(total).fill(3), unit: "models" },
  rows,
});

// Plays work of some pieces in an order that only depends on `pick`; some are lost at first.
function play(total: number, pick: (count: number) => number, lost: (piece: number) => boolean) {
  const job = fresh({ k: 3 });
  const asked: number[] = [];
  const underWay: number[] = [];
  const ask = (now: number): boolean => {
    const piece = job.asked < 2 ? takeNext(job, now) : undefined;
    if (piece !== undefined) {
      underWay.push(piece);
      asked.push(piece);
    }
    return piece !== undefined;
  };
  const answerOne = (now: number) => {
    const [come = 0] = underWay.splice(pick(underWay.length), 1);
    endOne(job, now);
    if (lost(come) && asked.filter((one) => one === come).length === 1) {
      putBack(job, come);
    } else {
      add(job, come, answer(total, { gmm: come < total ? [{ piece: come }] : [] }));
    }
  };
  for (let now = 0; !isDone(job) && now < 1000; now += 10) {
    ask(now) || answerOne(now);
  }
  return { job, asked };
}

const isDone = ({ status }: Job) => status === "done";

for (const total of [1, 2, 3, 7]) {
  test(`${total} pieces all arrive, in their order, whatever is late or lost`, () => {
    for (let seed = 0; seed < 40; seed += 1) {
      const pick = (count: number) => (seed * 7 + count * 3) % Math.max(1, count);
      const { job, asked } = play(total, pick, (piece) => ((seed >> (piece % 5)) & 1) === 1);
      assert.equal(job.status, "done");
      assert.deepEqual(
        rowsOf(job).gmm,
        Array.from({ length: total }, (_, piece) => ({ piece })),
      );
      assert.equal(job.done, 3 * total);
      assert.equal(job.estimate, 2 * total);
      assert.ok(asked.every((piece) => piece < Math.max(total, 2)));
    }
  });
}

test("what an answer calls needless is done, counted once, whatever is still under way", () => {
  const job = fresh({});
  takeNext(job, 0);
  takeNext(job, 0);
  add(job, 0, { ...answer(6, { gmm: [{ k: 1 }] }), needless: [1, 3, 4] });
  assert.deepEqual(job.todo, [2, 5]);
  assert.equal(job.done, 12);
  add(job, 1, answer(6));
  putBack(job, 1);
  assert.deepEqual(job.todo, [2, 5]);
  assert.equal(job.done, 12);
  assert.equal(job.estimate, 8);
  add(job, 2, { ...answer(6, { gmm: [{ k: 2 }] }), needless: [5] });
  assert.equal(job.status, "done");
  assert.deepEqual(rowsOf(job).gmm, [{ k: 1 }, { k: 2 }]);
});

test("what came is not asked for again, nor what does not exist", () => {
  const job = fresh({});
  takeNext(job, 0);
  add(job, 0, answer(2));
  putBack(job, 0);
  putBack(job, 5);
  putBack(job, 1);
  assert.deepEqual(job.todo, [1]);
});

test("only time in which something is under way counts", () => {
  const job = { ...fresh({}), todo: [0, 1, 2] };
  takeNext(job, 100);
  takeNext(job, 150);
  endOne(job, 200);
  endOne(job, 400);
  takeNext(job, 900);
  endOne(job, 1000);
  assert.equal(job.spent, 400);
});

test("of rows that compete the first of the best is left, and whoever may still win", () => {
  const row = (number: number, bound: number | null) => ({ k: 1, number, bound });
  const rows = [row(3, -1), row(1, -2), row(2, -1), row(4, null)];
  assert.deepEqual(stillIn(rows, RULE), [row(2, -1)]);
  const wide = stillIn(rows, { ...RULE, slack: 1 });
  assert.deepEqual(wide, [row(1, -2), row(2, -1)]);
  assert.deepEqual(stillIn([row(2, null), row(1, null)], RULE), [row(1, null)]);
});

test("rows without the rule's order are all kept", () => {
  const job = fresh({});
  const rows = { mixtures: [{ k: 1, number: 0, bound: 1 }, { k: 1 }, { k: 1 }] };
  add(job, 0, { ...answer(1, rows), condensed: { mixtures: RULE } });
  assert.deepEqual(rowsOf(job).mixtures, [{ k: 1 }, { k: 1 }, { k: 1, number: 0, bound: 1 }]);
});

test("every status has its words", () => {
  const job: Job = {
    ...fresh({}),
    pieces: answer(4).pieces ?? null,
    done: 3,
    wait: 100,
    pause: 1.2,
  };
  const said = (status: Job["status"], more: Partial<Job> = {}) =>
    words({ ...job, status, ...more });
  assert.equal(percentOf(job), 25);
  assert.equal(said("waiting", { done: 0 }), "12 models: about 2 minutes of computing");
  assert.equal(
    said("waiting", { estimate: 2, spent: 2000 }),
    "3 of 12 models · the rest takes about 6 s of computing",
  );
  assert.equal(said("stopped"), "3 of 12 models · stopped");
  assert.equal(said("lost"), "3 of 12 models · the server does not answer");
  assert.equal(said("refused"), "3 of 12 models · an error stopped it");
  assert.equal(said("refused", { done: 0 }), "Not computed");
  assert.equal(said("new", { pieces: null }), "Starting");
  assert.equal(said("done", { spent: 9940 }), "12 models in 9.9 s");
  assert.equal(said("retrying"), "3 of 12 models · no answer from the server; trying again in 2 s");
  assert.equal(said("running", { estimate: 2, spent: 2000 }), "3 of 12 models · about 6 s left");
});

test("the time left follows the clock more and more", () => {
  const job = { ...fresh({}), pieces: answer(10).pieces ?? null };
  assert.equal(left(job), 20);
  assert.ok(left({ ...job, estimate: 2, spent: 4000 }) > 18);
  assert.ok(Math.abs(left({ ...job, estimate: 18, spent: 36_000 }) - 4) < 0.1);
  assert.equal(spoken(0.4), "under 1 s");
  assert.equal(spoken(89), "about 89 s");
  assert.equal(spoken(150), "about 3 minutes");
});

test("rows go back to the server as tables that give them again", () => {
  const rows = {
    mixtures: [
      { k: 1, bic: 2.5 },
      { k: 2, bic: null, restart: 0 },
      { k: 3, bic: undefined },
    ],
    kmeans: [],
  };
  const split = splitOf(rows);
  assert.deepEqual(split, {
    mixtures: [
      {
        columns: ["k", "bic"],
        data: [
          [1, 2.5],
          [3, null],
        ],
      },
      { columns: ["k", "bic", "restart"], data: [[2, null, 0]] },
    ],
    kmeans: [],
  });
});

test("pieces are named, and rows are given once to a server that lacks them", () => {
  const job = fresh({});
  const rows = { gmm: [{ k: 1 }] };
  add(job, 0, { ...answer(3, rows), name: "a" });
  add(job, 1, { ...answer(3, rows), name: "b" });
  assert.deepEqual(gathered(job).names, ["a", "b"]);
  assert.equal(gathered(job).rows, undefined);
  assert.ok(gathered(job, true).rows);
  assert.equal(isLost(job, ["z"]), false, "another job's");
  assert.equal(isLost(job, ["b"]), true);
  assert.equal(isLost(job, ["b"]), false, "they are on their way");
  assert.deepEqual(gathered(job).rows, splitOf(rowsOf(job)));
  add(job, 2, { ...answer(3, rows), name: "c" });
  nameAnew(job, { name: "ab", instead: ["a", "b"] });
  nameAnew(job, { name: "ab", instead: ["a", "b"] });
  assert.deepEqual(gathered(job).names, ["ab", "c"]);
  assert.equal(gathered(job).rows, undefined);
  job.names = Array.from({ length: MOST_NAMES + 1 }, (_, i) => `${i}`);
  assert.ok(gathered(job).rows, "so many names are longer than the rows");
  add(job, 2, answer(3, rows));
  job.names = [];
  assert.ok(gathered(job).rows, "what has no name is given");
});
