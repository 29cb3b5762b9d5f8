// The entry: what listens to the page starts, and Dash is told of our functions.

import { bridge } from "./bridge.ts";
import type { BrowserFunctions } from "./contract.ts";
import * as contract from "./contract.ts";
import { register } from "./kernel/dash.ts";
import * as address from "./parts/address.ts";
import { watch } from "./parts/dash_requests.ts";
import { pick } from "./parts/data_sets.ts";
import { watchMenus } from "./parts/menu_boxes.ts";
import * as plots from "./parts/plots.ts";
import * as settings from "./parts/settings.ts";
import * as shell from "./parts/shell.ts";
import * as teach from "./parts/teach.ts";
import { quiet } from "./parts/tooltips.ts";
import * as digits from "./views/digits.ts";
import * as digitsSweep from "./views/digits_sweep.ts";
import * as longWork from "./views/long_work.ts";

quiet();
watch();
watchMenus();
plots.listen();

const functions = {
  address: { boot: address.boot },
  chain: { begin: longWork.begin, start: longWork.start, stop: longWork.stop },
  digits: {
    pair: digits.pair,
    point: digits.point,
    useSize: digits.useSize,
    settings: digitsSweep.settings,
    plan: digitsSweep.plan,
    start: digitsSweep.start,
    stop: digitsSweep.stop,
  },
  plots: { draw: plots.draw },
  settings: {
    collect: settings.collect,
    pick,
    repeat: settings.repeat,
    next: settings.next,
    sklearnDefaults: settings.sklearnDefaults,
  },
  shell: { toggleScheme: shell.toggleScheme, burger: shell.burger, share: shell.share },
  teach: { open: teach.open, link: teach.link, copy: teach.copy, leave: teach.leave },
} satisfies Partial<BrowserFunctions>;

register(functions);
bridge(contract);
