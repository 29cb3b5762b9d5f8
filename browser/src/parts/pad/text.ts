// A drawing in words, and as the table it is sent as.

import { drawing, tableData } from "../../contract.ts";
import { isFull, type Pad, type Points } from "./points.ts";

// How many points there are, and how many in which group.
export function counted(pad: Pad): string {
  const { points } = pad;
  const groups = new Map<string, number>();
  for (const [, , group] of points) {
    groups.set(group, (groups.get(group) ?? 0) + 1);
  }
  const named = [...groups.keys()].filter(Boolean).sort();
  const told = named.map((name) => `${groups.get(name)} in group ${name}`).join(", ");
  const total = `${points.length} point${points.length === 1 ? "" : "s"}`;
  const full = isFull(pad) ? " That is the most a drawing can have." : "";
  return `${total}${told ? `: ${told}` : ""}.${full}`;
}

// What the pad says of one point.
export function named(pad: Pad): string {
  const [x, y, group] = pad.points[pad.selected] ?? [];
  return `${x}, ${y}${group ? ` in group ${group}` : ""}`;
}

const isGrouped = (points: Points): boolean => points.some(([, , group]) => group);

// Columns x and y, and the group when any point has one.
export function asTable(points: Points): string {
  const grouped = isGrouped(points);
  const head = [...drawing.columns, ...(grouped ? [drawing.groupColumn] : [])];
  const rows = points.map(([x, y, group]) => [
    x.toFixed(3),
    y.toFixed(3),
    ...(grouped ? [group || drawing.noGroup] : []),
  ]);
  return `${[head, ...rows].map((row) => row.join(",")).join("\n")}\n`;
}

// Which of its columns are what.
export const asChoice = (points: Points) => ({
  kind: tableData.drawn,
  cols: [...drawing.columns],
  label: isGrouped(points) ? drawing.groupColumn : null,
});
