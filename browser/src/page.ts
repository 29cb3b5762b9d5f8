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
import * as steps from "./views/steps/steps.ts";

quiet();
watch();
watchMenus();
plots.listen();
steps.listen();

const functions = {
  address: { boot: address.boot },
  plots: { draw: plots.draw },
  settings: {
    collect: settings.collect,
    pick,
    repeat: settings.repeat,
    next: settings.next,
    sklearnDefaults: settings.sklearnDefaults,
  },
  shell: { toggleScheme: shell.toggleScheme, burger: shell.burger, share: shell.share },
  steps: { load: steps.load, formulas: steps.formulas, wish: steps.wish },
  teach: { open: teach.open, link: teach.link, copy: teach.copy, leave: teach.leave },
} satisfies Partial<BrowserFunctions>;

register(functions);
bridge(contract);
