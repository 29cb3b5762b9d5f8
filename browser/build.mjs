// Makes what the page loads from src/: one script each, written into ../assets, or compared with
// what is there (--check), or the tests as scripts that Node runs (--tests).
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { SCRIPTS } from "./scripts.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

const OPTIONS = { bundle: true, format: "iife", target: "es2022", charset: "utf8", minify: true };

async function made() {
  const entries = Object.entries(SCRIPTS).map(async ([name, source]) => {
    const { outputFiles } = await build({ ...OPTIONS, entryPoints: [here(source)], write: false });
    return [name, outputFiles[0].text];
  });
  return Object.fromEntries(await Promise.all(entries));
}

async function write() {
  for (const [name, text] of Object.entries(await made())) {
    await writeFile(here(`../assets/${name}`), text);
  }
}

async function check() {
  const old = [];
  for (const [name, text] of Object.entries(await made())) {
    const there = await readFile(here(`../assets/${name}`), "utf8").catch(() => "");
    if (there !== text) {
      old.push(basename(name));
    }
  }
  if (old.length) {
    const names = old.join(", ");
    process.stderr.write(`Not what src/ makes: ${names} in assets. Run \`make scripts\`.\n`);
    process.exitCode = 1;
  }
}

async function tests() {
  await rm(here(".tests"), { recursive: true, force: true });
  const names = await readdir(here("tests"), { recursive: true });
  const found = names.filter((name) => name.endsWith(".test.ts"));
  await build({
    bundle: true,
    platform: "node",
    format: "esm",
    entryPoints: found.map((name) => here(`tests/${name}`)),
    outdir: here(".tests"),
    outExtension: { ".js": ".mjs" },
  });
}

const wanted = process.argv[2];
await (wanted === "--check" ? check() : wanted === "--tests" ? tests() : write());
