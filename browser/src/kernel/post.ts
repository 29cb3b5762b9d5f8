// One file to the server, sent again while that may help.

import { attempts, mayPass, pauseOf, type Told, toldBy, wait } from "./retry.ts";

const BUSY = "The server is busy or restarting, trying again";

// Its answer, or nothing when the connection was lost or nobody wants it any more; `say` is told
// why it takes longer.
export async function post(
  address: string,
  body: BodyInit,
  say: (words: string) => void,
  wanted: () => boolean = () => true,
): Promise<Response | null> {
  for (let attempt = 0; ; ) {
    const answer = await fetch(address, { method: "POST", body }).catch(() => null);
    const told: Told | null = answer && !answer.ok ? await toldBy(answer) : null;
    attempt = told?.queued ? 0 : attempt + 1;
    const final = answer !== null && !mayPass(answer.status);
    if (final || attempt >= attempts.file || !wanted()) {
      return answer;
    }
    say(`${told?.words ?? BUSY} …`);
    await wait(pauseOf(attempt - 1, told));
  }
}
