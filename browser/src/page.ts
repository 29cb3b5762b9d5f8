// The entry: what listens to the page starts, and Dash is told of our functions.

import { bridge } from "./bridge.ts";
import type { BrowserFunctions } from "./contract.ts";
import * as contract from "./contract.ts";
import { register } from "./kernel/dash.ts";
import * as address from "./parts/address.ts";
import * as columns from "./parts/columns.ts";
import { watch } from "./parts/dash_requests.ts";
import { pick } from "./parts/data_sets.ts";
import { watchMenus } from "./parts/menu_boxes.ts";
import * as openTable from "./parts/open_table.ts";
import * as pad from "./parts/pad.ts";
import * as paste from "./parts/paste.ts";
import * as plots from "./parts/plots.ts";
import * as reading from "./parts/reading.ts";
import * as readingGuesses from "./parts/reading_guesses.ts";
import * as settings from "./parts/settings.ts";
import * as shell from "./parts/shell.ts";
import * as teach from "./parts/teach.ts";
import { quiet } from "./parts/tooltips.ts";
import * as upload from "./parts/upload.ts";
import * as colors from "./views/colors.ts";

quiet();
watch();
watchMenus();
colors.listen();
columns.listen();
plots.listen();
readingGuesses.listen();
upload.listen();

const functions = {
  address: { boot: address.boot },
  colors: { open: colors.open },
  columns: { show: columns.show },
  draw: {
    open: pad.open,
    loaded: pad.loaded,
    choose: pad.choose,
    undo: pad.undo,
    redo: pad.redo,
    clear: pad.clear,
    add: pad.add,
    use: pad.use,
    cancel: pad.cancel,
  },
  plots: { draw: plots.draw },
  reading: {
    open: reading.open,
    correct: readingGuesses.correct,
    enough: reading.enough,
    use: reading.use,
    leave: reading.leave,
    closed: reading.closed,
  },
  settings: {
    collect: settings.collect,
    pick,
    repeat: settings.repeat,
    next: settings.next,
    sklearnDefaults: settings.sklearnDefaults,
  },
  shell: { toggleScheme: shell.toggleScheme, burger: shell.burger, share: shell.share },
  teach: { open: teach.open, link: teach.link, copy: teach.copy, leave: teach.leave },
  upload: {
    open: openTable.open,
    cancel: upload.cancel,
    openPaste: paste.openPaste,
    closePaste: paste.closePaste,
    readPaste: paste.readPaste,
  },
} satisfies Partial<BrowserFunctions>;

register(functions);
bridge(contract);
