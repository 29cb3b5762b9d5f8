import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { latest, once, send } from "../src/kernel/requests.ts";

const real = { fetch: globalThis.fetch, setTimeout: globalThis.setTimeout };
const page = globalThis as unknown as { window: unknown };
page.window = { setTimeout: (act: () => void) => real.setTimeout(act, 0) };

afterEach(() => {
  globalThis.fetch = real.fetch;
});

// A server that answers with one after another of these; `null` is no connection.
function serve(...answers: (Response | null)[]) {
  const got: { address: string; options: RequestInit }[] = [];
  globalThis.fetch = async (address, options = {}) => {
    got.push({ address: String(address), options });
    const answer = answers.length > 1 ? answers.shift() : answers[0]?.clone();
    if (!answer) {
      throw new TypeError("no connection");
    }
    return answer;
  };
  return got;
}

const busy = (ahead: number | null) =>
  new Response(JSON.stringify({ message: "Busy.", ahead, seconds: 0.1 }), { status: 503 });

test("what may pass is asked for again, the same way, and said", async () => {
  const got = serve(null, busy(2), busy(null), new Response('{"key":"a"}'));
  const said: string[] = [];
  const answer = await send("/tables", "x,y", {
    headers: { "X-A": "b" },
    say: (w) => said.push(w),
  });
  assert.deepEqual([answer?.status, answer?.json], [200, { key: "a" }]);
  assert.equal(got.length, 4);
  assert.ok(got.every(({ options }) => options.body === "x,y" && options.method === "POST"));
  assert.match(said[0] ?? "", /busy or restarting, trying again …$/);
  assert.match(said[1] ?? "", /2 requests are before yours …$/);
});

test("what cannot succeed is not asked for again; a refusal is an answer", async () => {
  const got = serve(new Response("<p>no</p>", { status: 413 }));
  const answer = await send("/tables", "x");
  assert.deepEqual([answer?.status, answer?.ok, answer?.json], [413, false, null]);
  assert.equal(got.length, 1);
});

test("it gives up after so many attempts, but a place in the queue is none", async () => {
  const lost = serve(null);
  assert.equal((await send("/a", "x", { most: 3 }))?.status, 0);
  assert.equal(lost.length, 3);
  const queued = serve(...Array.from({ length: 9 }, () => busy(1)), new Response("{}"));
  assert.equal((await send("/a", "x", { most: 3 }))?.status, 200);
  assert.equal(queued.length, 10);
});

test("who is no longer wanted, or called off, gets nothing", async () => {
  const got = serve(null);
  assert.equal(await send("/a", "x", { wanted: () => false }), null);
  const next = latest();
  const first = next();
  const asked = send("/a", "x", { signal: first });
  next();
  assert.equal(await asked, null);
  assert.ok(first.aborted);
  assert.ok(got.length < 4);
});

test("an object goes as JSON", async () => {
  const got = serve(new Response("[1]", { headers: { "Retry-After": "3" } }));
  const answer = await once("/a", { piece: 1 });
  assert.deepEqual(answer.json, [1]);
  assert.equal(answer.headers.get("Retry-After"), "3");
  assert.equal(got[0]?.options.body, '{"piece":1}');
  const headers = got[0]?.options.headers as Record<string, string>;
  assert.equal(headers["Content-Type"], "application/json");
});
