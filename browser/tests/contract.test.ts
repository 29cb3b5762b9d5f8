import assert from "node:assert/strict";
import { test } from "node:test";
import { ids, keys, settings } from "../src/contract.ts";

test("the contract cannot be changed by a script", () => {
  const open = { ids, keys, settings } as unknown as Record<string, Record<string, never>>;
  for (const [name, part] of Object.entries(open)) {
    for (const key of Object.keys(part)) {
      assert.throws(() => Object.assign(part, { [key]: "changed" }), TypeError, name);
    }
  }
  assert.throws(() => (keys.picked as unknown as string[]).push("changed"), TypeError);
  assert.throws(() => Object.assign(settings.k, { default: 0 }), TypeError);
});

test("ids of patterns have their parts in order of names, as the page spells them", () => {
  const made = [ids.control("k"), ids.number("kmeans", "bic"), ids.chain("select", "frame")];
  for (const id of made) {
    assert.deepEqual(Object.keys(id), Object.keys(id).sort());
  }
});
