import assert from "node:assert/strict";
import { test } from "node:test";
import { SCRIPTS } from "../scripts.mjs";
import { faults, filesOf, unused } from "./house.ts";

const files = filesOf("src");

test("imports point down, nothing goes in circles, and each thing has its one place", () => {
  assert.deepEqual(faults(files), []);
  assert.ok(files.size > 20);
});

test("every module is reached from an entry", () => {
  const entries = Object.values(SCRIPTS).map((path) => path.replace("src/", ""));
  assert.deepEqual(unused(files, entries), []);
  assert.deepEqual(unused(new Map([...files, ["kernel/alone.ts", ""]]), entries), [
    "kernel/alone.ts",
  ]);
});

// Each rule, broken on purpose.
const BROKEN: readonly (readonly [string, string, RegExp])[] = [
  ["kernel/a.ts", 'import { draw } from "../parts/plots/plots.ts";', /looks up/],
  ["parts/a.ts", 'import * as select from "../views/select.ts";', /looks up/],
  ["kernel/a.ts", 'import { x } from "../contract_old.ts";', /there is no/],
  ["kernel/a.ts", 'import { a } from "./a.ts";', /circle/],
  ["parts/shell/a.ts", 'import "../files/upload.ts";', /circle: .*parts\/shell -> parts\/files/],
  ["parts/a.ts", "window.dash_clientside.set_props(1)", /dash_clientside/],
  ["parts/a.ts", "plot._fullLayout.xaxis", /_fullLayout/],
  ["views/a.ts", "Plotly.react(plot)", /Plotly/],
  ["views/a.ts", "setInterval(look, 120);", /setInterval/],
  ["views/a.ts", "window.page = 3;", /window/],
  ["views/a.ts", "node.innerHTML = name;", /innerHTML/],
  ["parts/a.ts", "window.fetch = other;", /fetch/],
  ["views/a.ts", "localStorage.getItem('x')", /localStorage/],
  ["views/a.ts", "\n".repeat(300), /too long/],
];

for (const [path, text, said] of BROKEN) {
  test(`a broken rule is found: ${said.source} in ${path}`, () => {
    assert.match(faults(new Map([...files, [path, text]])).join("\n"), said);
  });
}
