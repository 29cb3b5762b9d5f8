// The entry: what listens to the page starts, and Dash is told of our functions.

import type { BrowserFunctions } from "./contract.ts";
import { drawOnlyWhatChanges, register } from "./kernel/dash.ts";
import * as classroom from "./parts/classroom/classroom.ts";
import * as exporting from "./parts/export/export.ts";
import * as openTable from "./parts/files/open_table.ts";
import * as paste from "./parts/files/paste.ts";
import * as reading from "./parts/files/reading.ts";
import * as readingGuesses from "./parts/files/reading_guesses.ts";
import * as typedPlace from "./parts/files/typed_place.ts";
import * as upload from "./parts/files/upload.ts";
import * as pad from "./parts/pad/pad.ts";
import * as acting from "./parts/panel/acting.ts";
import * as checkRows from "./parts/panel/check_rows.ts";
import * as columns from "./parts/panel/columns.ts";
import { pick } from "./parts/panel/data_sets.ts";
import * as settings from "./parts/panel/settings.ts";
import * as axes from "./parts/plots/axes.ts";
import * as clicks from "./parts/plots/clicks.ts";
import * as plots from "./parts/plots/plots.ts";
import * as toolbar from "./parts/plots/toolbar.ts";
import * as address from "./parts/shell/address.ts";
import { watch } from "./parts/shell/dash_requests.ts";
import * as halfSheet from "./parts/shell/half_sheet.ts";
import * as history from "./parts/shell/history.ts";
import { watchMenus } from "./parts/shell/menu_boxes.ts";
import * as paper from "./parts/shell/paper.ts";
import * as shell from "./parts/shell/shell.ts";
import * as start from "./parts/shell/start.ts";
import * as teach from "./parts/shell/teach.ts";
import { quiet } from "./parts/shell/tooltips.ts";
import * as table from "./parts/table.ts";
import * as colors from "./views/colors/colors.ts";
import * as allRows from "./views/compare/all_rows.ts";
import * as drawn from "./views/compare/drawn.ts";
import * as groupNames from "./views/compare/group_names.ts";
import * as compareLive from "./views/compare/live.ts";
import * as merging from "./views/compare/merging.ts";
import * as pins from "./views/compare/pins.ts";
import * as rows from "./views/compare/rows.ts";
import * as compareSettled from "./views/compare/settled.ts";
import * as densityHeldOut from "./views/density/held_out.ts";
import * as densityLive from "./views/density/live.ts";
import * as densityPointer from "./views/density/pointer.ts";
import * as digits from "./views/digits/digits.ts";
import * as digitsSweep from "./views/digits/sweep.ts";
import * as lessons from "./views/lessons.ts";
import * as longWork from "./views/long_work.ts";
import * as restarts from "./views/restarts.ts";
import * as select from "./views/select.ts";
import * as steps from "./views/steps/steps.ts";
import * as sure from "./views/sure.ts";
import * as whole from "./views/whole.ts";

drawOnlyWhatChanges();
quiet();
watch();
watchMenus();
history.listen();
clicks.listen();
classroom.listen();
colors.listen();
acting.listen();
axes.listen();
paper.listen();
checkRows.listen();
columns.listen();
compareLive.listen();
drawn.listen();
compareSettled.listen();
rows.listen();
allRows.listen();
pins.listen();
densityLive.listen();
densityHeldOut.listen();
densityPointer.listen();
plots.listen();
toolbar.listen();
readingGuesses.listen();
table.listen();
teach.listen();
halfSheet.listen();
lessons.listen();
start.listen();
upload.listen();
typedPlace.listen();
select.hearClicks();
restarts.hearClicks();
steps.listen();

const functions = {
  address: { boot: address.boot },
  chain: {
    begin: longWork.begin,
    start: longWork.start,
    stop: longWork.stop,
    gone: longWork.gone,
    kept: longWork.kept,
    whole: longWork.whole,
    both: longWork.both,
  },
  colors: { open: colors.open },
  digits: {
    pair: digits.pair,
    point: digits.point,
    useSize: digits.useSize,
    settings: digitsSweep.settings,
    plan: digitsSweep.plan,
    start: digitsSweep.start,
    stop: digitsSweep.stop,
  },
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
  export: { take: exporting.take, report: exporting.report },
  groups: { merge: merging.merge, count: merging.count, name: groupNames.fill },
  lessons: {
    catalogue: lessons.catalogue,
    arrive: lessons.arrive,
    ready: lessons.ready,
    answer: lessons.answer,
    leave: lessons.leave,
    fold: lessons.fold,
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
  restarts: { listen: restarts.listen },
  rows: { tool: rows.tool, show: rows.show },
  select: { ends: select.ends, listen: select.listen },
  settings: {
    collect: settings.collect,
    pick,
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
  sure: { follow: sure.follow, offer: sure.offer, copy: sure.copy },
  whole: { follow: whole.follow },
  tables: { fill: table.fill, remember: table.remember },
  teach: {
    open: teach.open,
    preset: teach.preset,
    link: teach.link,
    copy: teach.copy,
    leave: teach.leave,
  },
  upload: {
    open: openTable.open,
    cancel: upload.cancel,
    openPaste: paste.openPaste,
    closePaste: paste.closePaste,
    readPaste: paste.readPaste,
  },
} satisfies BrowserFunctions;

register(functions);
