// "How I read it": what the browser does in that dialog. The server fills it from the stored
// table; a correction sends the same file again, and the dialog shows what came of it.
window.dash_clientside = window.dash_clientside || {};
window.dash_clientside.reading = (function () {
  const { ids, settings, tableData } = window.explorerContract;
  const keep = () => window.dash_clientside.no_update;
  const set = (id, props) => window.dash_clientside.set_props(id, props);
  const upload = () => window.dash_clientside.upload;
  const say = (text) => set(ids.READING_STATUS, { children: text });
  const LONGEST = settings.cols.longest; // characters of column names in a link
  let last = null; // what the dialog shows
  let pending = false; // whether the dialog asks about a table that is not the data yet

  function show(key, cols, label) {
    set(ids.READING, { data: { key: key, cols: cols, label: label, time: Date.now() } });
  }

  // For the table that is open.
  function open(clicks, state) {
    if (clicks && state.table) {
      pending = false;
      say("");
      show(state.table, state.cols, state.label);
    }
    return keep();
  }

  // For a table that was just read; what was chosen before stays chosen where it can.
  function ask(key, columns) {
    const state = window.dash_clientside.explorer.now();
    const goesOn = upload().continues(tableData.upload, columns, state);
    pending = true;
    say("");
    show(key, goesOn ? state.cols : null, goesOn ? state.label : null);
  }

  // For a text that is no table yet: how it is written can be said.
  function mend(said, options) {
    pending = true;
    say("");
    set(ids.READING, { data: { refused: said.message, ways: said.ways, options: options, time: Date.now() } });
  }

  // A changed guess; also runs when the dialog was filled, and then only says what can be done.
  function correct(...args) {
    const shown = args.pop();
    const inputs = window.dash_clientside.callback_context.inputs_list;
    const names = inputs.slice(0, args.length).map(({ id }) => id.name); // in the order of `args`
    last = shown;
    if (!shown) {
      return keep();
    }
    const guesses = Object.keys(shown.options);
    const held = upload().held();
    const holds = Boolean(held) && held.key === shown.key;
    guesses.forEach((name) => set(ids.reading_option(name), { disabled: !holds }));
    const changed = names.find((name, i) =>
      guesses.includes(name) && args[i] !== "" && args[i] !== null && String(args[i]) !== String(shown.options[name]));
    if (holds && changed) {
      readAgain(changed, args[names.indexOf(changed)], shown, held);
    }
    if (guesses.length === 0) {
      return "";
    }
    return holds
      ? "Change a guess, and the same file is read again."
      : "To correct a guess, choose the file again: this page no longer holds it.";
  }

  function readAgain(name, value, shown, held) {
    const options = { ...held.options, [name]: value };
    if (value === "auto") {
      delete options[name];
    }
    send(options, shown, () => set(ids.reading_option(name), { value: shown.options[name] }));
  }

  // Reads the file with other options; `same` runs when nothing came of it.
  function send(options, shown, same) {
    upload().again(options, say, (key, said) => {
      if (key && key !== shown.key) {
        pending = true;
        say("Read again.");
        show(key, null, null);
        return;
      }
      if (!key && !shown.key && said.ways) {
        mend(said, options);
        return;
      }
      if (!shown.key) {
        say(said.message);
        same();
        return;
      }
      say(key ? "That gives the same table." : `${said.message} Below is how it was read before.`);
      same();
    });
  }

  // Another way to read the file, offered beside a question: one click takes it.
  document.addEventListener("click", (event) => {
    const way = event.target.closest && event.target.closest(".reading-way");
    const held = way && upload().held();
    if (!way || !last) {
      return;
    }
    const given = JSON.parse(way.dataset.options);
    if (given.columns) { // the file is read rightly: other columns are ticked
      set(ids.READING_COLUMNS, { value: given.columns });
      say(`Done. ${way.textContent}.`);
      return;
    }
    if (!held || held.key !== last.key) {
      say("To read it in another way, choose the file again: this page no longer holds it.");
      return;
    }
    send({ ...held.options, ...given }, last, () => {});
  });

  const enough = (columns) => !columns || columns.length < 2;

  function use(clicks, shown, ticked, label) {
    if (!clicks || !shown) {
      return [keep(), keep(), keep()];
    }
    const cols = shown.names.filter((name) => ticked.includes(name));
    const usual = String(cols) === String(shown.usual);
    if (!usual && cols.join("").length > LONGEST) {
      return [keep(), keep(), "These column names are too long for a link. Choose fewer columns."];
    }
    pending = false;
    const chosen = { key: shown.key, columns: shown.names, cols: usual ? [] : cols, label: label };
    return [{ ...chosen, time: Date.now() }, false, ""];
  }

  const leave = (clicks) => (clicks ? false : keep());

  function closed(opened) {
    if (opened === false) {
      window.dash_clientside.explorer.refocus(ids.READING_OPEN, ids.UPLOAD);
    }
    if (opened === false) {
      upload().drop();
    }
    if (opened === false && pending) {
      pending = false;
      set(ids.UPLOAD_STATUS, { children: "Not opened: the data are as before." });
    }
    return keep();
  }

  return { open, ask, mend, correct, enough, use, leave, closed };
})();
