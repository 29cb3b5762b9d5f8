// Writes the plotly.js that the dashboard serves: `flat`, with what nearly every picture needs, and
// one file more for each further kind of trace, which uses the modules of `flat` and none twice.
// All are strict: nothing in them makes functions from text. Same recipe, same bytes.
import { createHash } from "node:crypto";
import { readFileSync, rmSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import { build } from "esbuild";
import { glsl } from "esbuild-plugin-glsl";

const here = dirname(fileURLToPath(import.meta.url));
const vendor = join(here, "../../gmm_dash/serving/vendor");
const RECIPE = ["build.mjs", "bundles.json", "later.cjs", "package.json", "package-lock.json"];

const bundles = JSON.parse(readFileSync(join(here, "bundles.json")));
const { version } = JSON.parse(readFileSync(join(here, "node_modules/plotly.js/package.json")));
const recipe = digest(RECIPE.map((name) => readFileSync(join(here, name), "utf8")).join("\0"));
const PARTS = "Plotly.parts"; // where `flat` keeps the modules that others use
const inside = new Set(); // paths of every source that has code in one of the files
const STRICT = new Set(["scattergl", "splom", "parcoords", "scatterpolargl"]); // as lib/index-strict.js

function digest(data) {
  return createHash("sha256").update(data).digest("hex").slice(0, 16);
}

const source = (trace) => `plotly.js/src/traces/${trace}${STRICT.has(trace) ? "/strict" : ""}`;
const registered = (traces) => `Plotly.register([${traces.map((t) => `require("${source(t)}")`)}]);`;
const named = (path) => relative(join(here, "node_modules"), path).replaceAll("\\", "/");

async function bundle(contents, plugins = []) {
  const made = await build({
    stdin: { contents, resolveDir: here, loader: "js" },
    absWorkingDir: here,
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: "iife",
    target: "es2022",
    legalComments: "none",
    // as in plotly.js' own esbuild-config.js; the style of its maps is not needed
    alias: { regl: "@plotly/regl" },
    define: { global: "window", "define.amd": "false", "process.env.NODE_DEBUG": "false" },
    loader: { ".css": "empty" },
    plugins: [glsl({ minify: true }), ...plugins],
    logLevel: "warning",
  });
  // What webpack puts into one of its libraries for browsers of before 2019; it is never reached.
  for (const [path, { bytesInOutput }] of Object.values(made.metafile.outputs).flatMap((o) => Object.entries(o.inputs))) {
    if (bytesInOutput > 0) {
      inside.add(path);
    }
  }
  const code = made.outputFiles[0].text.replaceAll(/new Function\("return this"\)\(\)/g, "window");
  return { code, inputs: new Set(Object.keys(made.metafile.inputs)) };
}

// Takes from `flat` what it holds, and notes in `used` what that was.
const shared = (inputs, used) => ({
  name: "shared",
  setup(builder) {
    builder.onResolve({ filter: /.*/ }, async (args) => {
      if (args.pluginData === "asked" || args.kind === "entry-point") {
        return undefined;
      }
      const { importer, kind, namespace, resolveDir } = args;
      const found = await builder.resolve(args.path, { importer, kind, namespace, resolveDir, pluginData: "asked" });
      if (found.errors.length || !inputs.has(relative(here, found.path).replaceAll("\\", "/"))) {
        return found.errors.length ? { errors: found.errors } : undefined;
      }
      used.add(named(found.path));
      return { path: named(found.path), namespace: "shared" };
    });
    builder.onLoad({ filter: /.*/, namespace: "shared" }, ({ path }) => ({
      contents: `module.exports = ${PARTS}[${JSON.stringify(path)}]();`,
    }));
  },
});

function banner(name, traces) {
  return [
    `/**`,
    `* plotly.js (strict - minified) v${version}, ${name}: ${traces.join(", ")}`,
    `* recipe ${recipe}`,
    `* Copyright 2012-2026, Plotly, Inc.`,
    `* All rights reserved.`,
    `* Licensed under the MIT license`,
    `*/\n`,
  ].join("\n");
}

function write(name, code) {
  const text = banner(name, bundles[name]) + code;
  if (/\bnew Function\b|[^.\w$]Function\(|[^.\w$]eval\(/.test(code)) {
    throw new Error(`${name} makes functions from text.`);
  }
  const data = Buffer.from(text);
  const packed = brotliCompressSync(data, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LGWIN]: 22,
      [constants.BROTLI_PARAM_SIZE_HINT]: data.length,
    },
  });
  writeFileSync(join(vendor, `plotly-${name}-${version}.min.js.br`), packed);
  console.log(`${name}: ${data.length} bytes, ${packed.length} as sent (${bundles[name].join(", ")})`);
  return `plotly-${name}.v${version.replaceAll(".", "_")}m${digest(text)}.min.js`;
}

for (const old of readdirSync(vendor).filter((name) => name.startsWith("plotly-"))) {
  rmSync(join(vendor, old));
}
const { flat, ...others } = bundles;
const core = `const Plotly = window.Plotly = require("plotly.js/src/core"); ${registered(flat)}`;
const { inputs } = await bundle(core);
const used = new Set();
const files = {};
for (const [name, traces] of Object.entries(others)) {
  const { code } = await bundle(registered(traces), [shared(inputs, used)]);
  const file = write(name, code);
  traces.forEach((trace) => (files[trace] = file));
}
const parts = [...used].sort().map((path) => `${JSON.stringify(path)}: () => require("./node_modules/${path}")`);
const rest = `${PARTS} = {${parts}}; require("./later.cjs")(Plotly, ${JSON.stringify(files)});`;
write("flat", (await bundle(`${core} ${rest}`)).code);

// Whose code that is, and under which terms: THIRD_PARTY.md and the bill of materials name them.
const homes = [...inside].map((path) => path.match(/^.*node_modules\/(@[^/]+\/)?[^/]+/)?.[0]).filter(Boolean);
const owned = [...new Set(homes)].sort().map((home) => {
  const { name, version, license } = JSON.parse(readFileSync(join(here, home, "package.json")));
  const terms = readdirSync(join(here, home)).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
  return { name, version, license, text: terms.map((file) => readFileSync(join(here, home, file), "utf8").trim()) };
});
const listed = owned.map(({ text, ...part }) => JSON.stringify(part));
writeFileSync(join(vendor, "parts.json"), `[\n${listed.join(",\n")}\n]\n`);
const told = owned.map(({ name, version, license, text }) => [`== ${name} ${version}: ${license}`, ...text].join("\n\n"));
writeFileSync(join(vendor, "LICENSES.parts"), `${told.join("\n\n\n")}\n`);
