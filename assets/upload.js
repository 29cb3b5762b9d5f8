// A user's table on its way to the server: chosen, dropped or pasted. It goes there once, under an
// address of its own; afterwards the page knows it by its key. The browser keeps the last file,
// so that it can be read again in another way (reading.js).
window.dash_clientside = window.dash_clientside || {};
window.dash_clientside.explorerUpload = (function () {
  const keep = () => window.dash_clientside.no_update;
  const set = (id, props) => window.dash_clientside.set_props(id, props);
  const explorer = () => window.dash_clientside.explorer;
  const zone = () => document.getElementById("upload");
  const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
  const MOST_ATTEMPTS = 6; // about fifteen seconds
  const LOST = "The connection was lost while sending. Nothing was changed; try again.";
  const REFUSED = "The server could not take this table. Try again, or make it smaller.";

  let picker = null;
  let held = null; // {file, options, key}: what the server read last, and how
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
    input.id = "upload-picker";
    input.addEventListener("change", () => input.files[0] && take(input.files[0], "upload-status"));
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
      say(place === "paste-status" ? "Nothing was pasted yet." : "This file is empty.");
      return;
    }
    post(file, "", say, (said) => arrived(file, said, say));
  }

  function arrived(file, said, say) {
    const key = said.key || said.account;
    if (!key) {
      say(said.message || REFUSED);
      return;
    }
    held = { file: file, options: {}, key: key };
    set("paste-dialog", { opened: false });
    explorer().refocus("paste");
    const reading = window.dash_clientside.explorerReading;
    if (said.key && !said.doubts) {
      set("upload-status", { children: said.sentence });
      set("uploaded", { data: { key: key, columns: said.columns, time: Date.now() } });
    } else {
      set("upload-status", { children: said.message || "Please look at how I read it." });
      reading.ask(key, said.columns || []);
    }
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
        set("upload-cancel-box", { hidden: true });
      }
      then();
    };
    request.open("POST", zone().dataset.address + query);
    request.upload.onprogress = (event) =>
      say(event.loaded < event.total
        ? `Sending: ${Math.round((100 * event.loaded) / event.total)} %` : "Reading the table …");
    request.upload.onload = () => say("Reading the table …");
    const again = () => {
      const told = busy(request);
      const next = told.queued ? 0 : attempt + 1;
      if (next >= MOST_ATTEMPTS) {
        done({ message: LOST });
        return;
      }
      say(`${told.words || "Connection lost, trying again"} …`);
      const growing = told.queued ? 0 : window.explorerResilience.seconds(attempt);
      const wait = 1000 * Math.max(growing, told.seconds);
      const timer = window.setTimeout(() => post(body, query, say, done, next), wait);
      underWay = { abort: () => window.clearTimeout(timer) };
      set("upload-cancel-box", { hidden: false });
    };
    const mayPass = () => window.explorerResilience.mayPass(request.status);
    request.onload = end(() => (mayPass() ? again() : done(answer(request))));
    request.onerror = end(again);
    request.onabort = end(() => {});
    say("Sending …");
    set("upload-cancel-box", { hidden: false });
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
      set("upload-cancel-box", { hidden: true });
      set("upload-status", { children: "Cancelled: the data are as before." });
      zone() && zone().focus();
    }
    return keep();
  }

  // Reads the held file in another way; `done` gets the answer.
  function again(options, say, done) {
    const file = held.file;
    post(file, "?options=" + encodeURIComponent(JSON.stringify(options)), say, (said) => {
      const key = said.key || said.account;
      if (key) {
        held = { file: file, options: options, key: key };
      }
      done(key, said);
    });
  }

  // The stored table becomes the data. Columns are chosen anew, unless they were chosen already
  // in the dialog, or those of the table before are in this one, too.
  const OUTPUTS = 9;
  function open(uploaded, state) {
    if (!uploaded) {
      return Array(OUTPUTS).fill(keep());
    }
    const kind = uploaded.kind || "upload";
    if (state.data === kind && state.table === uploaded.key && revived(uploaded, state)) {
      return Array(OUTPUTS).fill(keep());
    }
    const goesOn = continues(kind, uploaded.columns || [], state);
    const chosen = "cols" in uploaded ? uploaded : goesOn ? state : { cols: [], label: null };
    const pick = state.data === kind ? keep() : kind;
    explorer().opening(kind, uploaded.key, state.data !== kind);
    return [
      kind, uploaded.key, goesOn ? state.scale : kind === "drawn" ? "none" : "standard",
      chosen.cols, chosen.label || null, goesOn ? state.x : null, goesOn ? state.y : null,
      goesOn ? state.transform : "", pick,
    ];
  }

  // The very table of this page: a page that could not show it is built again, as its link says.
  function revived(uploaded, state) {
    const asked = "cols" in uploaded &&
      (String(uploaded.cols) !== String(state.cols) || (uploaded.label || "") !== state.label);
    const failed = document.getElementById("error");
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
      set("paste-status", { children: "" });
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
      const text = document.getElementById("paste-text").value;
      const blank = text.trim() === "";
      take(new Blob(blank ? [] : [text], { type: "text/plain" }), "paste-status");
    }
    return keep();
  }

  document.addEventListener("click", (event) => event.target.closest("#upload") && choose());
  for (const kind of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(kind, (event) => {
      const over = event.target.closest && event.target.closest("#upload");
      if (!event.dataTransfer || !event.dataTransfer.types.includes("Files")) {
        return;
      }
      event.preventDefault(); // a file dropped beside the zone must not replace the page
      zone() && zone().classList.toggle("over", Boolean(over) && kind === "dragover");
      if (over && kind === "drop" && event.dataTransfer.files[0]) {
        take(event.dataTransfer.files[0], "upload-status");
      }
    });
  }

  return {
    open, choose, cancel, openPaste, closePaste, readPaste, post, again, continues,
    held: () => held,
  };
})();
