import assert from "node:assert/strict";
import { test } from "node:test";
import { statuses } from "../src/contract.ts";
import { busy, mayPass, pauseOf, sentence } from "../src/kernel/retry.ts";

const seconds = (told: { seconds: number }) => Math.round(told.seconds / 1.05);

test("a server's wish to wait is kept, within bounds, and never undercut", () => {
  assert.equal(seconds(busy({ seconds: 7 }, null)), 7);
  assert.equal(seconds(busy(null, "9")), 9);
  assert.ok(busy({ seconds: 1e9 }, null).seconds <= 66);
  assert.equal(busy(null, "soon").seconds, 0);
  const told = busy({ seconds: 30 }, null);
  assert.equal(pauseOf(0, told), told.seconds);
});

test("waits grow, apart from each other, up to a bound", () => {
  const at = (attempt: number) => Array.from({ length: 200 }, () => pauseOf(attempt, null));
  assert.ok(Math.max(...at(0)) <= 0.6 && Math.min(...at(0)) >= 0.4);
  assert.ok(Math.min(...at(3)) > Math.max(...at(1)));
  assert.ok(Math.max(...at(50)) <= 18);
  assert.ok(new Set(at(2)).size > 100);
});

test("a place in the queue is no failure, and is said", () => {
  assert.match(busy({ ahead: 3, seconds: 1 }, null).words ?? "", /3 requests are before yours/);
  assert.match(busy({ ahead: 1, seconds: 1 }, null).words ?? "", /1 request is before yours/);
  assert.match(busy({ ahead: 0, seconds: 1 }, null).words ?? "", /still working/);
  const queued = busy({ ahead: 2, seconds: 0.5 }, null);
  assert.ok(queued.queued && pauseOf(20, queued) <= 0.55);
  assert.equal(busy(null, null).words, null);
});

test("every status has a sentence; some may pass", () => {
  for (const [status, text] of Object.entries(statuses.sentences)) {
    assert.equal(sentence(Number(status)), text);
    assert.ok(!mayPass(Number(status)));
  }
  assert.match(sentence(418), /418/);
  assert.ok(statuses.mayPass.every(mayPass));
});
