import { copyText } from "./kernel/clipboard.ts";
import { toQuery } from "./kernel/link.ts";
import { refocus } from "./kernel/page.ts";
import { post } from "./kernel/post.ts";
import { attempts, busy, mayPass, pauseOf, sentence } from "./kernel/retry.ts";
import { now } from "./kernel/store.ts";
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
    post,
  };
}
