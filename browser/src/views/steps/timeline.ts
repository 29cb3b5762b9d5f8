// Where both sides are on their common time line. Linked sides go together, each at most to its
// own end.

import { settings } from "../../contract.ts";
import { bySide, type Run, SIDES, type Side } from "./run.ts";

export const LAST = settings.step.default;

export type Drive = Side | "both"; // what the player moves

export interface Timeline {
  readonly lead: number; // places at which the start is chosen
  readonly ends: Readonly<Record<Side, number>>;
  readonly drive: Drive;
  readonly places: Readonly<Record<Side, number>>;
}

export const NOWHERE: Timeline = {
  lead: 0,
  ends: { kmeans: 0, gmm: 0 },
  drive: "both",
  places: { kmeans: 0, gmm: 0 },
};

// The beginning of a run.
export const timelineOf = (run: Run, drive: Drive): Timeline => ({
  lead: run.lead,
  ends: bySide((side) => run.lead + run[side].last),
  drive,
  places: NOWHERE.places,
});

export const driven = (drive: Drive): readonly Side[] => (drive === "both" ? SIDES : [drive]);

const furthest = (drive: Drive, of: Readonly<Record<Side, number>>): number =>
  Math.max(...driven(drive).map((side) => of[side]));

export const endOf = ({ drive, ends }: Timeline): number => furthest(drive, ends);
export const placeOf = ({ drive, places }: Timeline): number => furthest(drive, places);
export const atEnd = (line: Timeline): boolean => placeOf(line) >= endOf(line);

// Anything that is no place is the beginning.
export function moved(line: Timeline, wanted: unknown): Timeline {
  const to = wanted === LAST ? endOf(line) : Math.round(Number(wanted)) || 0;
  const place = Math.max(0, Math.min(endOf(line), to));
  const moving = driven(line.drive);
  const of = (side: Side) =>
    moving.includes(side) ? Math.min(place, line.ends[side]) : line.places[side];
  return { ...line, places: bySide(of) };
}

// Whether a side is what a turn under way moves.
export const turns = (line: Timeline, side: Side): boolean =>
  driven(line.drive).includes(side) && line.places[side] === placeOf(line);

// The half step a side is at; negative while the start is chosen.
export const halfStepOf = (line: Timeline, side: Side): number => line.places[side] - line.lead;

export const whereOf = (place: number, end: number, lead: number): string =>
  place < lead
    ? `choosing centre ${place + 1} of ${lead}`
    : `half step ${place - lead} of ${end - lead}`;
