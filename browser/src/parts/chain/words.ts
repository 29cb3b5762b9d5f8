// How far long work is, in words and as a part of the whole.

import type { Job } from "./job.ts";

const PRIOR_S = 0.5; // how long the estimate is believed more than the clock

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

export const totalOf = ({ pieces }: Job): number => sum(pieces?.models ?? []);

export function percentOf(job: Job): number {
  const total = totalOf(job);
  return total ? Math.round((100 * job.done) / total) : 0;
}

export function words(job: Job): string {
  const total = totalOf(job);
  const unit = job.pieces?.unit ?? "";
  const count = `${job.done} of ${total} ${unit}`;
  switch (job.status) {
    case "waiting":
      return total ? waiting(job, `${total} ${unit}`, count) : "";
    case "retrying":
      return `${count} · ${tryingAgain(job)}`;
    case "lost":
      return `${count} · the server does not answer`;
    case "stopped":
    case "paused":
      return `${count} · stopped`;
    case "refused":
      return job.done ? `${count} · an error stopped it` : "Not computed";
    case "done":
      return `${total} ${unit} in ${took(job.spent / 1000)}`;
    default:
      return total ? `${count} · ${spoken(left(job))} left` : "Starting";
  }
}

// Of some work a first answer has come, without a person's word.
function waiting(job: Job, all: string, count: string): string {
  return job.done
    ? `${count} · the rest takes ${spoken(left(job))} of computing`
    : `${all}: ${spoken(job.wait)} of computing`;
}

export const tryingAgain = ({ told, pause }: Job): string =>
  `${told?.words ?? "no answer from the server"}; trying again in ${Math.ceil(pause)} s`;

// Seconds that the rest will take: the estimate, corrected by how long it has taken so far.
export function left({ pieces, estimate, spent }: Job): number {
  const rest = sum(pieces?.seconds ?? []) - estimate;
  return (rest * (spent / 1000 + PRIOR_S)) / (estimate + PRIOR_S);
}

const took = (seconds: number): string =>
  `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;

export function spoken(seconds: number): string {
  if (seconds < 1) {
    return "under 1 s";
  }
  return seconds < 90
    ? `about ${Math.round(seconds)} s`
    : `about ${Math.round(seconds / 60)} minutes`;
}
