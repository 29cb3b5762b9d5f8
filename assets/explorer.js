// The browser's half of the wiring: controls -> state -> link and requests.
// Every function is pure in its arguments except where it says "effect".
window.dash_clientside = window.dash_clientside || {};
window.dash_clientside.explorer = (function () {
  const { ids, keys, settings, tableData } = window.explorerContract;
  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
  const keep = () => window.dash_clientside.no_update;
  const set = (id, props) => window.dash_clientside.set_props(id, props);
  const OWN = Object.values(tableData); // data sets that are stored tables
  const lastTable = {}; // key of the last table of each, for coming back to it
  let current = null; // the newest state
  let openingOf = ""; // a data set whose settings are being set already

  function listItem(text) {
    return String(text).replace(/%/g, "%25").replace(/,/g, "%2C");
  }

  function toQuery(flat) {
    const query = new URLSearchParams();
    for (const [key, value] of Object.entries(flat)) {
      query.set(key, Array.isArray(value) ? value.map(listItem).join(",") : String(value ?? ""));
    }
    return "?" + query.toString();
  }

  // Effect: the address bar follows the state; another view or lesson is a page to go back to.
  // A page that was just navigated to has its own entry already: a second one would trap "Back".
  let arriving = false;
  function writeAddress(flat, before) {
    const search = toQuery(flat);
    const arrived = arriving;
    arriving = false;
    if (search === window.location.search) {
      return;
    }
    const turned = !arrived && before && keys.turned.some((key) => !same(flat[key], before[key]));
    const url = window.location.pathname + search;
    window.history[turned ? "pushState" : "replaceState"](null, "", url);
  }

  // Once, at the start: what the link says, and the colour scheme; then listens for "Back".
  function boot() {
    const scheme = window.explorerScheme || "light";
    window.addEventListener("popstate", () => navigate(window.location.search));
    document.addEventListener("click", followInside);
    return [{ search: window.location.search, time: Date.now() }, scheme];
  }

  function navigate(search) {
    arriving = true;
    shown = ""; // the page comes anew, with these as the server writes them
    withNotes = null;
    window.dash_clientside.set_props(ids.NAVIGATION, { data: { search: search, time: Date.now() } });
  }

  // A link of the page's own is a state: no reload is needed to get there.
  function followInside(event) {
    const link = event.target.closest && event.target.closest("a[href^='?']");
    if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) {
      return;
    }
    event.preventDefault();
    const search = link.getAttribute("href");
    window.history.pushState(null, "", window.location.pathname + search);
    navigate(search);
    window.scrollTo(0, 0);
  }

  // All controls' values -> the state, and one request for the view that is open.
  // A view that was never opened is built by the server first; its request then follows.
  function collect(values, scheme, mounted, places, routes, panel, before, ...asked) {
    const found = {};
    places.forEach((id, i) => (found[id.key] = values[i]));
    const flat = {};
    for (const key of Object.keys(before)) {
      flat[key] = (key in found ? found[key] : before[key]) ?? "";
    }
    writeAddress(flat, before);
    current = flat;
    if (flat.table && OWN.includes(flat.data)) {
      lastTable[flat.data] = flat.table;
    }
    const names = ["data", ...Object.keys(routes)];
    const requests = names.map((name, i) => {
      const wanted = name === "data" || (name === flat.view && mounted.includes(name));
      if (!wanted) {
        return keep();
      }
      const wants = name === "data" ? keys.dataRequest : routes[name];
      const request = { scheme: scheme };
      wants.forEach((key) => (request[key] = flat[key]));
      return same(request, asked[i]) ? keep() : request;
    });
    if (document.getElementById(ids.ERROR) && requests.some((request) => request !== keep())) {
      window.dash_clientside.set_props(ids.ERROR, { hide: true });
    }
    showStage(flat.view, mounted, names.slice(1));
    if (flat.view !== before.view) {
      showPanel(flat.view, panel); // the server has done it for the view it opened the page with
    }
    showNotes((routes[flat.view] || []).includes("data"));
    const open = mounted.includes(flat.view);
    const asks = !open || requests[names.indexOf(flat.view)] !== keep(); // the view will be asked for
    window.dispatchEvent(new CustomEvent("explorer-state", { detail: { view: flat.view, asks } }));
    if (!open) {
      // Not by an output: Dash runs no callback twice in one chain, and this one must come again.
      window.dash_clientside.set_props(ids.MOUNT, { data: flat.view });
    }
    return [flat, ...requests];
  }

  // Effect: only the open view is on the page. Setting what is so already would still cost a
  // round through all components, and telling plots of a new size has them drawn again.
  let shown = "";
  function showStage(view, mounted, names) {
    const now = [view, ...mounted].join();
    if (now === shown) {
      return;
    }
    shown = now;
    for (const name of names) {
      window.dash_clientside.set_props(ids.stage(name), { hidden: name !== view });
    }
    window.setTimeout(() => {
      window.dispatchEvent(new Event("resize"));
      revealTab();
    }, 0);
  }

  // Effect: what was left out of the data is said in the views that look at them.
  let withNotes = null;
  function showNotes(on) {
    if (on !== withNotes) {
      withNotes = on;
      set(ids.DATA_NOTES, { hidden: !on });
    }
  }

  // Effect: on a narrow screen the row of tabs scrolls; the open one is brought into sight.
  function revealTab() {
    const row = document.querySelector(".nav-tabs");
    const tab = row && row.querySelector("[role=tab][aria-selected=true]");
    if (tab) {
      const side = (row.clientWidth - tab.offsetWidth) / 2;
      row.scrollLeft += tab.getBoundingClientRect().left - row.getBoundingClientRect().left - side;
    }
  }

  // Effect: of the panel on the left, what has to do with the open view. Hidden controls keep
  // their values.
  function showPanel(view, parts) {
    parts.forEach((part) => set(part.id, { hidden: !part.views.includes(view) }));
  }

  // Another data set was picked: its own defaults, bounds and words.
  const PLAIN = ["scale", "x", "y", "cols", "label"]; // what no data set takes over from another
  function pick(name, table, state) {
    const entry = table[name];
    const expected = openingOf === name;
    openingOf = "";
    const own = tableOf(name, state);
    if (OWN.includes(name) && !own && !expected && name !== state.data) {
      offer(name, state.data);
      return keys.picked.map(keep);
    }
    describe(entry, state);
    if (!entry || expected || name === state.data) {
      return keys.picked.map(keep);
    }
    const suggested = { ...defaultsOf(PLAIN), transform: "", table: own, ...entry.defaults, data: name };
    return keys.picked.map((key) => (key in suggested ? suggested[key] : keep()));
  }

  // Effect: there is no table of this kind yet; until there is, the data stay as they are.
  function offer(name, before) {
    set(ids.DATA_PICK, { value: before });
    if (name === tableData.drawn) {
      window.dash_clientside.explorerDraw.open(1, null);
      set(ids.DRAW_DIALOG, { opened: true });
    } else {
      set(ids.UPLOAD_STATUS, { children: "Choose a file, drop one above, or paste a table." });
      window.dash_clientside.explorerUpload.choose();
    }
  }

  // A copy: what goes to Dash may be changed there.
  const defaultsOf = (wanted) =>
    Object.fromEntries(wanted.map((key) => [key, structuredClone(settings[key].default)]));

  // The table a data set showed last; built-in data have none, so their links give none away.
  function tableOf(name, state) {
    const unknown = OWN.includes(state.data) ? "" : state.table;
    return OWN.includes(name) ? lastTable[name] || unknown || "" : "";
  }

  // A stored table is about to become the data, with settings of its own.
  function opening(name, key, picked) {
    lastTable[name] = key;
    openingOf = picked ? name : "";
  }

  // Effect: labels and bounds of the controls that mean something for this data set.
  function describe(entry, state) {
    set(ids.DATA_NOTICE, { children: entry.notice });
    set(ids.DATA_SOURCE, { children: entry.source || "" });
    for (const key of ["n", "noise", "centers"]) {
      const own = entry.controls[key];
      const hidden = !own || state.hide.includes(key);
      set(ids.wrapper(key), { style: hidden ? { display: "none" } : {} });
      if (own) {
        set(ids.label(key), { children: own.label });
        set(ids.control(key), { min: own.low, max: own.high, step: own.step });
      }
    }
    const mirrored = entry.oriented && !state.hide.includes("orient");
    set(ids.wrapper("orient"), { style: mirrored ? {} : { display: "none" } });
    const seedless = entry.seeded === false || !entry.controls || !("seeded" in entry);
    const hideSeed = seedless || state.hide.includes("dseed");
    set(ids.wrapper("dseed"), { style: hideSeed ? { display: "none" } : {} });
    set(ids.section(ids.NEW_POINTS), { style: hideSeed ? { display: "none" } : {} });
  }

  function repeat(value) {
    return typeof value === "number" ? String(Number(value.toPrecision(4))) : keep();
  }

  function next(clicks, seed, by) {
    return clicks ? Number(seed || 0) + Number(by || 1) : keep();
  }

  function sklearnDefaults(clicks) {
    const values = Object.values(window.explorerContract.sklearnDefaults);
    return clicks ? values : values.map(keep);
  }

  function toggleScheme(clicks, scheme) {
    if (!clicks) {
      return keep();
    }
    const other = scheme === "dark" ? "light" : "dark";
    window.explorerKeepScheme(other);
    return other;
  }

  function burger(opened, navbar) {
    const foldable = navbar.collapsed && navbar.collapsed.desktop !== undefined;
    const wide = document.getElementById(ids.LESSON) || document.querySelector(".presenting");
    return { ...navbar, collapsed: { mobile: !opened, desktop: Boolean(foldable && wide) && !opened } };
  }

  // Effect: a text goes to the clipboard; `said` is told how it went.
  function copyText(text, said) {
    if (navigator.clipboard && window.isSecureContext) {
      navigator.clipboard.writeText(text).then(
        () => said("Link copied"),
        () => said("Copy the link from the address bar"),
      );
      return;
    }
    const box = document.createElement("textarea"); // plain http on a class's network
    box.value = text;
    (document.querySelector("[role=dialog]") || document.body).appendChild(box); // focus stays inside
    box.select();
    said(document.execCommand("copy") ? "Link copied" : "Copy the link from the address bar");
    box.remove();
  }

  // Effect: the link to this very page goes to the clipboard.
  function share(clicks) {
    if (clicks) {
      copyText(window.location.href, (text) => {
        window.dash_clientside.set_props(ids.SHARE_SAID, { children: text });
        window.setTimeout(() => window.dash_clientside.set_props(ids.SHARE_SAID, { children: "" }), 4000);
      });
    }
    return keep();
  }

  // Effect: another state, as a page to go back from.
  function go(search) {
    window.history.pushState(null, "", window.location.pathname + search);
    navigate(search);
  }

  // After a dialog: when nothing has the keyboard's focus, the button that opened it gets it.
  function refocus(...buttons) {
    window.setTimeout(() => {
      const found = buttons.map((id) => document.getElementById(id)).find((b) => b && b.offsetParent);
      const lost = !document.activeElement || document.activeElement === document.body;
      lost && found && found.focus();
    }, 60);
  }

  const whenOpen = (opened, request) => (opened === "open" && request ? request : keep());

  return {
    whenOpen, boot, collect, pick, repeat, next, sklearnDefaults, toggleScheme, burger, share, navigate,
    toQuery, defaultsOf, copyText, go,
    opening, refocus, now: () => current,
    draw: (picture) => (picture ? window.explorerPlots.draw(picture) : keep()),
  };
})();
