// Rows that compete. What the server knows cannot win is neither kept nor sent back: of a large
// comparison that is most.

import type { Piece } from "../../contract.ts";

export type Row = Readonly<Record<string, unknown>>;
export type Rows = Record<string, Row[]>;
export type Rivals = Record<string, Map<string, Row[]>>; // kind -> group -> who is still in

interface Rule {
  readonly alike: readonly string[]; // rows that agree in these compete
  readonly order: string;
  readonly best: string;
  readonly slack: number;
}

// Returns the rows of a piece that do not compete.
// Effect: takes the others in.
export function condense(rivals: Rivals, { rows = {}, condensed = {} }: Piece): Rows {
  const plain: Rows = {};
  for (const [kind, some] of Object.entries(rows)) {
    const rule = condensed[kind] as Rule | undefined;
    const competes = (row: Row) => rule !== undefined && rule.order in row;
    plain[kind] = some.filter((row) => !competes(row));
    if (rule) {
      rivals[kind] ??= new Map();
      compete(rivals[kind], some.filter(competes), rule);
    }
  }
  return plain;
}

function compete(groups: Map<string, Row[]>, rows: readonly Row[], rule: Rule): void {
  for (const row of rows) {
    const group = JSON.stringify(rule.alike.map((key) => row[key]));
    groups.set(group, stillIn([...(groups.get(group) ?? []), row], rule));
  }
}

// The winner is the first, by `order`, that is within `slack` of the best. More rows raise the
// best, so whoever falls behind it now, or behind an earlier row, never wins. The first that is
// left is the winner so far.
export function stillIn(rows: readonly Row[], { order, best, slack }: Rule): Row[] {
  const value = (row: Row) => (row[best] as number | null | undefined) ?? -Infinity;
  const top = Math.max(...rows.map(value));
  const least = Number.isFinite(top) ? top - slack * (1 + Math.abs(top)) : top;
  const ordered = rows
    .filter((row) => value(row) >= least)
    .sort((a, b) => Number(a[order]) - Number(b[order]));
  let before: number | undefined;
  return ordered.filter((row) => {
    const leads = before === undefined || value(row) > before;
    before = leads ? value(row) : before;
    return leads;
  });
}

export function winners(rivals: Rivals): Rows {
  const first = (groups: Map<string, Row[]>): Row[] =>
    [...groups.values()].flatMap((rows) => rows.slice(0, 1));
  return Object.fromEntries(Object.entries(rivals).map(([kind, groups]) => [kind, first(groups)]));
}
