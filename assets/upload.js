// A user's table on its way to the server: chosen, dropped or pasted. It goes there once, under an
// address of its own; afterwards the page knows it by its key. The browser keeps the last file,
// so that it can be read again in another way (reading.js).
window.dash_clientside = window.dash_clientside || {};
window.dash_clientside.upload = (function () {
  const { ids, keys, addresses, ownDefaults, tableData } = window.explorerContract;
  const keep = () => window.dash_clientside.no_update;
  const set = (id, props) => window.dash_clientside.set_props(id, props);
  const explorer = () => window.dash_clientside.explorer;
  const zone = () => document.getElementById(ids.UPLOAD);
  const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
  const LOST = "The connection was lost while sending. Nothing was changed; try again.";
  const REFUSED = "The server could not take this table. Try again, or make it smaller.";

  let picker = null;
  let held = null; // {file, options, key}: what the server read last, and how
  let applied = null; // the saved model that was opened last
  let underWay = null;

  function choose() {
    picker = picker || document.body.appendChild(makePicker());
    picker.value = "";
    picker.click();
  }

  function makePicker() {
    const input = document.createElement("input");
    input.type = "file";
    input.hidden = true;
    input.setAttribute("aria-label", "File to open");
    input.id = ids.UPLOAD_PICKER;
    input.addEventListener("change", () => input.files[0] && take(input.files[0], ids.UPLOAD_STATUS));
    return input;
  }

  // A new table: refused here when it is too large, else sent and opened, or asked about.
  function take(file, place) {
    const say = (text) => set(place, { children: text });
    const most = Number(zone().dataset.mostBytes);
    if (file.size > most) {
      say(`This has ${megabytes(file.size)}; the limit is ${megabytes(most)}. ` +
        "Keep fewer rows or columns, or save it as Parquet.");
      return;
    }
    if (file.size === 0) {
      say(place === ids.PASTE_STATUS ? "Nothing was pasted yet." : "This file is empty.");
      return;
    }
    post(file, "", say, (said) => arrived(file, said, say));
  }

  function arrived(file, said, say) {
    if (said.applied) {
      labelled(file, said.applied);
      return;
    }
    const key = said.key || said.account;
    if (!key && !said.ways) {
      say(said.message || REFUSED);
      return;
    }
    held = { file: file, options: {}, key: key || "", before: key ? null : held };
    set(ids.PASTE_DIALOG, { opened: false });
    explorer().refocus(ids.PASTE);
    const reading = window.dash_clientside.reading;
    if (!key) {
      set(ids.UPLOAD_STATUS, { children: said.message });
      reading.mend(said, {});
    } else if (said.key && !said.doubts) {
      set(ids.UPLOAD_STATUS, { children: said.sentence });
      set(ids.UPLOADED, { data: { key: key, columns: said.columns, time: Date.now() } });
    } else {
      set(ids.UPLOAD_STATUS, { children: said.message || "Please look at how I read it." });
      reading.ask(key, said.columns || []);
    }
  }

  // A saved model was opened: the data stay, and every row can be saved with what it says.
  function labelled(file, sentence) {
    applied = file;
    set(ids.PASTE_DIALOG, { opened: false });
    const part = (type, props) => ({ type: type, namespace: "dash_html_components", props: props });
    const save = { id: ids.APPLIED_SAVE, type: "button", className: "reading-open" };
    set(ids.UPLOAD_STATUS, { children: [
      part("P", { children: sentence }), part("Button", { ...save, children: "Save these labels (CSV)" }),
    ] });
  }

  function saveLabels() {
    const say = (text) => set(ids.UPLOAD_STATUS, { children: text });
    post(applied, `?${addresses.kind}=labels`, say, (said) => {
      if (said.message) {
        say(said.message);
        return;
      }
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([said.text], { type: "text/csv" }));
      link.download = "labels.csv";
      link.click();
      window.setTimeout(() => URL.revokeObjectURL(link.href), 10000);
      say("The labels of the opened model are saved as labels.csv.");
    });
  }

  // Sends bytes, saying how far it is; `done` gets the answer, also a refusal.
  // The same bytes get the same key, so sending them twice does no harm.
  function post(body, query, say, done, attempt = 0) {
    stop();
    const request = new XMLHttpRequest();
    underWay = request;
    const end = (then) => () => {
      if (underWay === request) {
        underWay = null;
        set(ids.UPLOAD_CANCEL_BOX, { hidden: true });
      }
      then();
    };
    request.open("POST", zone().dataset.address + query);
    request.setRequestHeader(addresses.fileName, encodeURIComponent((body.name || "").slice(0, 200)));
    request.setRequestHeader(addresses.beside, window.location.search); // what a model is applied to
    request.upload.onprogress = (event) =>
      say(event.loaded < event.total
        ? `Sending: ${Math.round((100 * event.loaded) / event.total)} %` : "Reading the table …");
    request.upload.onload = () => say("Reading the table …");
    const again = () => {
      const told = busy(request);
      const next = told.queued ? 0 : attempt + 1;
      if (next >= window.explorerResilience.attempts.file) {
        done({ message: LOST });
        return;
      }
      say(`${told.words || "Connection lost, trying again"} …`);
      const wait = 1000 * window.explorerResilience.pauseOf(attempt, told);
      const timer = window.setTimeout(() => post(body, query, say, done, next), wait);
      underWay = { abort: () => window.clearTimeout(timer) };
      set(ids.UPLOAD_CANCEL_BOX, { hidden: false });
    };
    const mayPass = () => window.explorerResilience.mayPass(request.status);
    request.onload = end(() => (mayPass() ? again() : done(answer(request))));
    request.onerror = end(again);
    request.onabort = end(() => {});
    say("Sending …");
    set(ids.UPLOAD_CANCEL_BOX, { hidden: false });
    request.send(body);
  }

  // What a busy server says of the wait; of no answer there is nothing to read.
  function busy(request) {
    return window.explorerResilience.busy(parsed(request), request.getResponseHeader("Retry-After"));
  }

  function parsed(request) {
    try {
      return JSON.parse(request.responseText);
    } catch (notJson) {
      return null;
    }
  }

  function answer(request) {
    if (request.status === 413) {
      return { message: "This is larger than the server takes. Keep fewer rows or columns." };
    }
    if (request.status === 200 && (request.getResponseHeader("Content-Type") || "").startsWith("text/csv")) {
      return { text: request.responseText };
    }
    const said = parsed(request);
    return request.status === 200 && said ? said : { message: said?.message || REFUSED };
  }

  function stop() {
    const request = underWay;
    underWay = null;
    request && request.abort();
    return Boolean(request);
  }

  function cancel(clicks) {
    if (clicks && stop()) {
      set(ids.UPLOAD_CANCEL_BOX, { hidden: true });
      set(ids.UPLOAD_STATUS, { children: "Cancelled: the data are as before." });
      zone() && zone().focus();
    }
    return keep();
  }

  // Reads the held file in another way; `done` gets the answer.
  function again(options, say, done) {
    const file = held.file;
    post(file, `?${addresses.options}=` + encodeURIComponent(JSON.stringify(options)), say, (said) => {
      const key = said.key || said.account;
      if (key) {
        held = { file: file, options: options, key: key };
      } else if (!held.key && said.ways) {
        held.options = options; // one guess mended, another to go
      }
      done(key, said);
    });
  }

  // A file that never became a table is let go; the one before it is at hand again.
  function drop() {
    if (held && !held.key) {
      held = held.before;
    }
  }

  // The stored table becomes the data. Columns are chosen anew, unless they were chosen already
  // in the dialog, or those of the table before are in this one, too.
  const nothing = () => [...keys.opened.map(keep), keep()];
  function open(uploaded, state) {
    if (!uploaded) {
      return nothing();
    }
    const kind = uploaded.kind || tableData.upload;
    if (state.data === kind && state.table === uploaded.key && revived(uploaded, state)) {
      return nothing();
    }
    const goesOn = continues(kind, uploaded.columns || [], state);
    const chosen = "cols" in uploaded ? uploaded : goesOn ? state : { cols: [], label: null };
    const pick = state.data === kind ? keep() : kind;
    explorer().opening(kind, uploaded.key, state.data !== kind);
    const values = {
      data: kind, table: uploaded.key, cols: chosen.cols, label: chosen.label || null,
      scale: goesOn ? state.scale : ownDefaults[kind].scale,
      x: goesOn ? state.x : null, y: goesOn ? state.y : null,
      transform: goesOn ? state.transform : "",
    };
    return [...keys.opened.map((key) => values[key]), pick];
  }

  // The very table of this page: a page that could not show it is built again, as its link says.
  function revived(uploaded, state) {
    const asked = "cols" in uploaded &&
      (String(uploaded.cols) !== String(state.cols) || (uploaded.label || "") !== state.label);
    const failed = document.getElementById(ids.ERROR);
    if (!asked && failed && failed.offsetParent) {
      explorer().navigate(window.location.search);
    }
    return !asked;
  }

  function continues(kind, columns, state) {
    const names = [...(state.cols || []), state.label].filter(Boolean);
    return kind === state.data && names.length > 0 && names.every((name) => columns.includes(name));
  }

  // Pasting
  const openPaste = (clicks) => {
    if (clicks) {
      set(ids.PASTE_STATUS, { children: "" });
      return true;
    }
    return keep();
  };
  const closePaste = (clicks) => {
    if (!clicks) {
      return keep();
    }
    stop();
    return false;
  };
  function readPaste(clicks) {
    if (clicks) {
      const text = document.getElementById(ids.PASTE_TEXT).value;
      const blank = text.trim() === "";
      take(new Blob(blank ? [] : [text], { type: "text/plain" }), ids.PASTE_STATUS);
    }
    return keep();
  }

  document.addEventListener("click", (event) => event.target.closest(`#${ids.UPLOAD}`) && choose());
  document.addEventListener("click", (event) => event.target.closest(`#${ids.APPLIED_SAVE}`) && saveLabels());
  for (const kind of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(kind, (event) => {
      const over = event.target.closest && event.target.closest(`#${ids.UPLOAD}`);
      if (!event.dataTransfer || !event.dataTransfer.types.includes("Files")) {
        return;
      }
      event.preventDefault(); // a file dropped beside the zone must not replace the page
      zone() && zone().classList.toggle("over", Boolean(over) && kind === "dragover");
      if (over && kind === "drop" && event.dataTransfer.files[0]) {
        take(event.dataTransfer.files[0], ids.UPLOAD_STATUS);
      }
    });
  }

  return {
    open, choose, cancel, openPaste, closePaste, readPaste, post, again, drop, continues,
    held: () => held,
  };
})();
