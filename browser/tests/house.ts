// The rules of the house, as functions of its files, so that each can be broken on purpose.

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

export type Files = ReadonlyMap<string, string>; // path within src -> text

// From the ground up: a module may know what is on floors below, and neighbours of its own.
const FLOORS = ["contract.ts", "kernel", "parts", "views"];
const LONGEST = 260; // lines of a module
// What belongs to one module alone: [what is looked for, where it may be].
const ONLY_IN: readonly (readonly [RegExp, string])[] = [
  [/\bdash_clientside\b/, "kernel/dash.ts"],
  [/\b_fullLayout\b|\b_ev\b|\bPlotly\b\s*[.;)}]/, "kernel/plotly.ts"],
  [/\blocalStorage\b/, "kernel/storage.ts"],
  [/window\.fetch\s*=/, "parts/shell/dash_requests.ts"],
];
const NOWHERE = [
  /\bsetInterval\b/,
  /\bwindow\.(?!(?:fetch|dash_clientside)\b)\w+\s*=[^=]/,
  /\b(innerHTML|outerHTML)\s*=/,
];

export function filesOf(folder: string): Files {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const found = names.filter((name) => name.endsWith(".ts"));
  return new Map(found.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}

const code = (text: string): string => text.replace(/^\s*\/\/.*$/gm, "");

export function importsOf(path: string, text: string): string[] {
  const named = [...code(text).matchAll(/(?:from|import)\s+"(\.[^"]+)"/g)];
  return named.map(([, name]) => normalize(join(dirname(path), name ?? "")));
}

// Entries stand on the roof.
const floorOf = (path: string): number => {
  const floor = FLOORS.indexOf(path.split("/")[0] ?? "");
  return floor < 0 ? FLOORS.length : floor;
};

export function faults(files: Files): string[] {
  const found: string[] = [];
  for (const [path, text] of files) {
    for (const other of importsOf(path, text)) {
      if (!files.has(other)) {
        found.push(`${path}: there is no ${other}`);
      } else if (floorOf(other) > floorOf(path)) {
        found.push(`${path} looks up to ${other}`);
      }
    }
    if (path !== "contract.ts") {
      found.push(...oddities(path, code(text)));
    }
  }
  return [...found, ...circles(graphOf(files)), ...circles(roomsOf(files))];
}

type Graph = ReadonlyMap<string, readonly string[]>;

const graphOf = (files: Files): Graph =>
  new Map([...files].map(([path, text]) => [path, importsOf(path, text)]));

// Folders below a floor, and which of them know which.
function roomsOf(files: Files): Graph {
  const rooms = new Map<string, string[]>();
  for (const [path, text] of files) {
    const room = dirname(path);
    const others = importsOf(path, text).map(dirname);
    const known = others.filter((other) => other !== room && other.includes("/"));
    rooms.set(room, [...(rooms.get(room) ?? []), ...known]);
  }
  return rooms;
}

function oddities(path: string, text: string): string[] {
  const borrowed = ONLY_IN.filter(([what, home]) => path !== home && what.test(text));
  const found = borrowed.map(([what, home]) => `${path}: ${what.source} belongs to ${home}`);
  found.push(...NOWHERE.filter((what) => what.test(text)).map((what) => `${path}: ${what.source}`));
  return text.split("\n").length > LONGEST ? [...found, `${path} is too long`] : found;
}

function circles(graph: Graph): string[] {
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (node: string, way: readonly string[]): void => {
    if (way.includes(node)) {
      found.push(`circle: ${[...way.slice(way.indexOf(node)), node].join(" -> ")}`);
    } else if (!done.has(node)) {
      for (const other of graph.get(node) ?? []) {
        visit(other, [...way, node]);
      }
      done.add(node);
    }
  };
  for (const node of graph.keys()) {
    visit(node, []);
  }
  return found;
}

// Modules that no entry reaches.
export function unused(files: Files, entries: readonly string[]): string[] {
  const seen = new Set<string>();
  const visit = (path: string): void => {
    if (!seen.has(path)) {
      seen.add(path);
      importsOf(path, files.get(path) ?? "").forEach(visit);
    }
  };
  entries.forEach(visit);
  return [...files.keys()].filter((path) => !seen.has(path));
}
