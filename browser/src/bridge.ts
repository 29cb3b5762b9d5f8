import { copyText } from "./kernel/clipboard.ts";
import { toQuery } from "./kernel/link.ts";
import { refocus } from "./kernel/page.ts";
import { attempts, busy, mayPass, pauseOf, sentence } from "./kernel/retry.ts";
import { hear, now } from "./kernel/store.ts";
import { go, navigate } from "./parts/address.ts";
import { defaultsOf, opening } from "./parts/own_tables.ts";
export function bridge(contract: object): void {
  const w = window as any;
  w.explorerContract = contract;
  w.dash_clientside.explorer = {
    copyText,
    toQuery,
    refocus,
    now,
    go,
    navigate,
    defaultsOf,
    opening,
  };
  w.explorerResilience = {
    sentence,
    mayPass,
    attempts,
    pauseOf,
    busy,
    async post(address: string, body: BodyInit, say: (t: string) => void, wanted = () => true) {
      for (let attempt = 0; ; ) {
        const answer = await fetch(address, { method: "POST", body }).catch(() => null);
        const said =
          answer && !answer.ok
            ? await answer
                .clone()
                .json()
                .catch(() => null)
            : null;
        const told = busy(said, answer?.headers.get("Retry-After") ?? null);
        attempt = told.queued ? 0 : attempt + 1;
        if (attempt >= attempts.file || !wanted() || (answer && !mayPass(answer.status))) {
          return answer;
        }
        say(`${told.words || "The server is busy or restarting, trying again"} …`);
        await new Promise((resolve) =>
          window.setTimeout(resolve, 1000 * pauseOf(attempt - 1, told)),
        );
      }
    },
  };
  hear(({ state, asks }) =>
    window.dispatchEvent(new CustomEvent("explorer-state", { detail: { view: state.view, asks } })),
  );
}
