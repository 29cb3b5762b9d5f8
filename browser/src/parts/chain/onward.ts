// Long work whose pieces nobody can count before: each goes on from what the one before has
// reached, and names what it reaches.

import { type AllRowsPiece, addresses } from "../../contract.ts";
import { send, under } from "../../kernel/requests.ts";
import { attempts, sentence } from "../../kernel/retry.ts";

export interface Onward {
  readonly work: Readonly<Record<string, unknown>>;
  status: "new" | "running" | "stopped" | "refused" | "done";
  reached: string; // the name of what was reached
  share: number; // of the present pass, or of the way to the tolerance
  said: string;
  turn: number; // how often it was begun: an older loop has nothing more to ask
}

// What is told how far a job is; it knows whether the page shows that one.
export interface Shows {
  show(job: Onward): void;
  say(job: Onward, words: string): void; // while there is no answer
}

const KEPT = 20; // jobs that the page remembers
const STOPPED = "Stopped: it goes on from here.";

export const untouched = { status: "new", reached: "", share: 0, said: "" } as const;

// The job of some work, and as it was when it is known.
// Effect: it is the newest of those that are remembered.
export function jobOf<T extends Onward>(
  jobs: Map<string, T>,
  work: Onward["work"],
  fresh: () => T,
): T {
  const token = JSON.stringify(work);
  const job = jobs.get(token) ?? fresh();
  jobs.delete(token);
  jobs.set(token, job); // the newest last
  const [oldest = ""] = jobs.keys();
  if (jobs.size > KEPT) {
    jobs.delete(oldest);
  }
  return job;
}

export function halt(job: Onward): void {
  if (job.status === "running") {
    Object.assign(job, { status: "stopped", said: STOPPED });
  }
}

// Effect: piece after piece is asked for at an address below the pieces', until the work is
// finished, refused or stopped.
export async function goOn(job: Onward, address: string, shows: Shows): Promise<void> {
  const turn = job.turn + 1;
  const wanted = () => job.status === "running" && job.turn === turn;
  Object.assign(job, { status: "running", said: "", turn });
  shows.show(job);
  while (wanted()) {
    const { work, reached } = job;
    const answer = await send(
      under(`${addresses.pieces}/${address}`),
      { work, reached },
      { wanted, most: attempts.piece, say: (words) => wanted() && shows.say(job, words) },
    );
    if (answer && job.turn === turn) {
      take(job, answer.ok ? (answer.json as AllRowsPiece | null) : null, sentence(answer.status));
    }
    shows.show(job);
  }
}

// What has arrived counts also when the job was stopped meanwhile.
function take(job: Onward, piece: AllRowsPiece | null, otherwise: string): void {
  if (!piece || piece.error) {
    Object.assign(job, { status: "refused", said: piece?.error || otherwise });
    return;
  }
  const { reached = job.reached, share = 0, said = "" } = piece;
  Object.assign(job, { reached, share });
  if (piece.finished) {
    Object.assign(job, { status: "done", said });
  } else if (job.status === "running") {
    job.said = said;
  }
}
