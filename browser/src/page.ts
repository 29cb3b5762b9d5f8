// The entry: what listens to the page starts, and Dash is told of our functions.

import { bridge } from "./bridge.ts";
import type { BrowserFunctions } from "./contract.ts";
import * as contract from "./contract.ts";
import { register } from "./kernel/dash.ts";
import * as address from "./parts/address.ts";
import * as clicks from "./parts/clicks.ts";
import { watch } from "./parts/dash_requests.ts";
import { pick } from "./parts/data_sets.ts";
import * as exporting from "./parts/export.ts";
import * as history from "./parts/history.ts";
import { watchMenus } from "./parts/menu_boxes.ts";
import * as plots from "./parts/plots.ts";
import * as settings from "./parts/settings.ts";
import * as shell from "./parts/shell.ts";
import * as table from "./parts/table.ts";
import * as teach from "./parts/teach.ts";
import { quiet } from "./parts/tooltips.ts";
import { heldOut } from "./views/density.ts";
import * as digits from "./views/digits.ts";
import * as digitsSweep from "./views/digits_sweep.ts";
import * as lessons from "./views/lessons.ts";
import * as longWork from "./views/long_work.ts";
import * as restarts from "./views/restarts.ts";
import * as select from "./views/select.ts";
import * as steps from "./views/steps/steps.ts";

quiet();
watch();
watchMenus();
history.listen();
plots.listen();
clicks.listen();
table.listen();
select.hearClicks();
restarts.hearClicks();
steps.listen();

const functions = {
  address: { boot: address.boot },
  chain: { begin: longWork.begin, start: longWork.start, stop: longWork.stop },
  density: { heldOut },
  digits: {
    pair: digits.pair,
    point: digits.point,
    useSize: digits.useSize,
    settings: digitsSweep.settings,
    plan: digitsSweep.plan,
    start: digitsSweep.start,
    stop: digitsSweep.stop,
  },
  export: { take: exporting.take, report: exporting.report, offer: exporting.offer },
  lessons: {
    forget: lessons.forget,
    catalogue: lessons.catalogue,
    arrive: lessons.arrive,
    ready: lessons.ready,
    answer: lessons.answer,
    leave: lessons.leave,
    fold: lessons.fold,
  },
  plots: { draw: plots.draw },
  restarts: { listen: restarts.listen },
  select: { ends: select.ends, listen: select.listen },
  settings: {
    collect: settings.collect,
    pick,
    repeat: settings.repeat,
    next: settings.next,
    sklearnDefaults: settings.sklearnDefaults,
  },
  shell: {
    toggleScheme: shell.toggleScheme,
    painted: shell.painted,
    burger: shell.burger,
    share: shell.share,
  },
  steps: { load: steps.load, formulas: steps.formulas, wish: steps.wish },
  tables: { fill: table.fill, remember: table.remember, whenOpen: table.whenOpen },
  teach: { open: teach.open, link: teach.link, copy: teach.copy, leave: teach.leave },
} satisfies Partial<BrowserFunctions>;

register(functions);
bridge(contract);
