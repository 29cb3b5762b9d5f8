// Takes what is on the screen away: plots as pictures, and the whole view as one HTML page that
// needs no network. Made here because the screen is the only witness of zoom and size.
window.dash_clientside = window.dash_clientside || {};
window.dash_clientside.export = (function () {
  const { ids, fourShapes } = window.explorerContract;
  const keep = () => window.dash_clientside.no_update;
  const stage = () => document.querySelector(".stage:not([hidden])");
  const seen = (node) => node.offsetParent !== null;

  function say(text) {
    window.dash_clientside.set_props(ids.EXPORT_SAID, { children: text });
    window.setTimeout(() => window.dash_clientside.set_props(ids.EXPORT_SAID, { children: "" }), 4000);
  }

  function save(text, name, type) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: type }));
    link.download = name;
    link.click();
    window.setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  // Visible plots with their titles, in reading order.
  function plots() {
    return [...stage().querySelectorAll(".js-plotly-plot")].filter(seen).map((plot, i) => {
      const box = plot.closest(".plot-box");
      const panel = plot.closest(".panel");
      const title = panel && panel.querySelector(".panel-title");
      return {
        plot: plot,
        panel: panel,
        title: title ? title.textContent : (box && box.getAttribute("aria-label")) || `plot ${i + 1}`,
      };
    });
  }

  // Images that are no plots: what the Colours view has painted.
  function images() {
    return [...stage().querySelectorAll("img.after")].filter(seen).map((image) => {
      const panel = image.closest(".panel");
      return { image: image, panel: panel, title: panel.querySelector(".panel-title").textContent };
    });
  }

  // A picture stands on its own: it brings the page's colour behind it.
  function picture(plot, format) {
    const size = { width: plot.clientWidth || 640, height: plot.clientHeight || 480 };
    const paper = getComputedStyle(document.documentElement).getPropertyValue("--card").trim();
    const figure = {
      data: plot.data,
      layout: { ...plot.layout, paper_bgcolor: paper || "#ffffff" },
    };
    return window.Plotly.toImage(figure, { format: format, scale: format === "png" ? 2 : 1, ...size });
  }

  const fileName = (title) => title.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "") || "plot";

  async function pictures(format) {
    const found = plots();
    for (const { plot, title } of found) {
      const url = await picture(plot, format);
      const link = document.createElement("a");
      link.href = url;
      link.download = `${fileName(title)}.${format}`;
      link.click();
      await new Promise((done) => window.setTimeout(done, 150)); // browsers drop faster ones
    }
    say(found.length ? `${found.length} ${found.length === 1 ? "plot" : "plots"} saved` : "There is no plot here to save");
  }

  // The report: a document built node by node, so that no text of a user becomes markup.
  async function write(state, tables) {
    const page = document.implementation.createHTMLDocument("Mixture explorer: report");
    page.documentElement.lang = "en";
    const add = (parent, tag, text, attributes) => {
      const node = page.createElement(tag);
      if (text !== undefined && text !== null) {
        node.textContent = text;
      }
      Object.entries(attributes || {}).forEach(([name, value]) => node.setAttribute(name, value));
      return parent.appendChild(node);
    };
    add(page.head, "meta", null, { charset: "utf-8" });
    add(page.head, "meta", null, { name: "viewport", content: "width=device-width, initial-scale=1" });
    add(page.head, "style", STYLE);
    add(page.body, "h1", "Mixture explorer: report");
    const line = add(page.body, "p", `${new Date().toLocaleString()} · `);
    const shown = document.querySelector("[role=tab][aria-selected=true]");
    line.append(`view: ${shown ? shown.textContent : state.view} · `);
    add(line, "a", "open these settings again", { href: window.location.href });
    sentences().forEach(([tag, text]) => add(page.body, tag, text, tag === "p" ? { class: "notice" } : {}));
    const figures = add(page.body, "div", null, { class: "figures" });
    for (const found of [...images(), ...plots()]) {
      await figureOf(add, figures, found);
    }
    tables.forEach((section) => table(add, page.body, section));
    save("<!DOCTYPE html>\n" + page.documentElement.outerHTML, "mixture-report.html", "text/html");
    say("Report saved");
  }

  function sentences() {
    const about = [...document.querySelectorAll(`#${ids.DATA_NOTES} p`)];
    const said = [...about, ...stage().querySelectorAll(".notice, .notes p")].filter(seen);
    return said.map((node) => ["p", node.textContent]).filter(([, text]) => text);
  }

  async function embedded(plot) {
    const source = await picture(plot, "svg");
    const bytes = new TextEncoder().encode(decodeURIComponent(source.replace(/^data:image\/svg\+xml,/, "")));
    let binary = "";
    bytes.forEach((byte) => (binary += String.fromCharCode(byte)));
    return "data:image/svg+xml;base64," + btoa(binary);
  }

  async function figureOf(add, parent, { plot, image, panel, title }) {
    const figure = add(parent, "figure");
    const badge = panel && panel.querySelector(".panel-badge");
    add(figure, "h2", badge && badge.textContent ? `${title} (${badge.textContent})` : title);
    add(figure, "img", null, { src: image ? image.src : await embedded(plot), alt: title });
    const box = image ? panel : plot.closest("figure");
    const caption = box && box.querySelector("figcaption, .caption");
    if (caption && caption.textContent) {
      add(figure, "figcaption", caption.textContent);
    }
    const numbers = panel ? [...panel.querySelectorAll(".number")].filter(seen) : [];
    if (numbers.length) {
      const table = add(figure, "table");
      for (const number of numbers) {
        const row = add(table, "tr");
        add(row, "th", number.querySelector(".number-name span").textContent, { scope: "row" });
        add(row, "td", number.querySelector(".number-value").textContent);
      }
    }
  }

  function table(add, body, { title, head, rows }) {
    add(body, "h2", title);
    const grid = add(body, "table", null, { class: title.toLowerCase().split(/\W/)[0] });
    if (head.length) {
      const top = add(grid, "tr");
      head.forEach((name) => add(top, "th", name, { scope: "col" }));
    }
    for (const [first, ...cells] of rows) {
      const row = add(grid, "tr");
      add(row, "th", first, { scope: "row" });
      cells.forEach((cell) => add(row, "td", cell));
    }
  }

  const STYLE = `
    body { font: 15px/1.5 system-ui, sans-serif; color: #1b1f24; background: #fff; max-width: 1080px; margin: 24px auto; padding: 0 16px; }
    h1 { font-size: 22px; } h2 { font-size: 17px; margin: 20px 0 6px; }
    .notice { background: #eef2ff; border-radius: 8px; padding: 10px 14px; }
    .figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 440px), 1fr)); gap: 18px; }
    figure { margin: 0; } img { width: 100%; height: auto; border: 1px solid #e1e4ea; border-radius: 6px; }
    figcaption { font-size: 13px; color: #5c6370; }
    table { border-collapse: collapse; margin-top: 8px; font-size: 14px; }
    th { text-align: left; font-weight: 500; color: #5c6370; padding: 2px 18px 2px 0; }
    td { font-variant-numeric: tabular-nums; padding: 2px 18px 2px 0; }
    .settings td + td { font-family: ui-monospace, monospace; color: #5c6370; }
    @media print { body { margin: 0; } figure { break-inside: avoid; } }`;

  const MADE_HERE = {
    png: () => pictures("png"),
    svg: () => pictures("svg"),
  };
  const FAILED = "This picture could not be made; try again at another size";

  // Effect: the tables of a report have come; plots and sentences are those on the screen.
  function report(tables, state) {
    if (tables) {
      write(state, tables.sections).catch(() => say(FAILED));
    }
    return keep();
  }

  // Effect: one line of the menu was chosen; the others are the server's.
  function take(clicks, lines, state) {
    const chosen = window.dash_clientside.callback_context.triggered_id;
    if (!chosen || !clicks.some(Boolean)) {
      return keep();
    }
    const make = MADE_HERE[chosen.what];
    if (make) {
      make(state).catch(() => say(FAILED));
    }
    return keep();
  }

  // The menu is that of the open view: a line it has nothing for is not there.
  function offer(state, before, words) {
    const four = state.view === fourShapes.view && state.show.includes(fourShapes.overlay);
    const scene = four ? fourShapes.scene : state.view;
    if (scene === before) {
      return keep();
    }
    const set = window.dash_clientside.set_props;
    for (const [what, hints] of Object.entries(words.hints)) {
      const offered = scene in hints;
      set(ids.export_item(what), { disabled: !offered, style: offered ? {} : { display: "none" } });
      set(ids.export_hint(what), { children: hints[scene] || "" });
    }
    set(ids.EXPORT_NOTE, { children: words.notes[scene] || "" });
    return scene;
  }

  return { take, report, offer };
})();
