// Plots: keeps the zoom when a parameter changes, links the zoom of neighbours, and shows the
// card of a point under the mouse. Drawing itself is Plotly's.
window.explorerPlots = (function () {
  const { ids } = window.explorerContract;
  const zoomed = {}; // link -> {frame, x: [low, high], y: [low, high]}
  const hovers = {}; // plot name -> what its points are
  const home = {}; // plot name -> the ranges the server proposed
  const cameras = {}; // plot name -> from where the user looks at a plot in space
  const pans = {}; // plot name -> whether it can be dragged about
  const finger = window.matchMedia("(hover: none)").matches;

  const boxOf = (name) => document.getElementById(JSON.stringify(ids.graph(name)));
  const plotOf = (name) => boxOf(name)?.querySelector(".js-plotly-plot");
  const linkOf = (name) => boxOf(name)?.closest("[data-link]")?.dataset.link || name;

  // Returns the figure to draw: the server's, at the zoom the user has chosen for these data.
  function draw(picture) {
    const { name, figure, frame, hover } = picture;
    const layout = { ...figure.layout };
    hovers[name] = hover || null;
    document.body.classList.add("drawn");
    const link = linkOf(name);
    if (layout.xaxis && layout.xaxis.range) {
      home[name] = { x: layout.xaxis.range, y: layout.yaxis.range };
      const zoom = zoomed[link];
      if (zoom && zoom.frame === frame) {
        layout.xaxis = { ...layout.xaxis, range: zoom.x };
        layout.yaxis = { ...layout.yaxis, range: zoom.y };
      } else if (zoom) {
        delete zoomed[link];
        markZoomed(link, false);
      }
    }
    if (layout.scene && cameras[name]) {
      layout.scene = { ...layout.scene, camera: cameras[name] };
    }
    pans[name] = layout.dragmode === "pan";
    if (finger && pans[name] && !zoomed[link]) {
      layout.dragmode = false; // a finger on the plot scrolls the page, until there is a zoom to move
    }
    enlarge(layout);
    layout.meta = { ...(layout.meta || {}), frame: frame, name: name };
    window.setTimeout(() => attach(name), 50);
    return { data: figure.data, layout: layout };
  }

  // A presentation has larger letters. Plotly must be told, or it leaves too little room for them
  // and writes a title across the numbers beside it.
  function enlarge(layout) {
    const stage = document.querySelector(".presenting");
    const size = stage && parseFloat(getComputedStyle(stage).getPropertyValue("--plot-text"));
    if (!size) {
      return;
    }
    const larger = (font) => ({ ...font, size: Math.max(size, (font && font.size) || 0) });
    for (const name of Object.keys(layout).filter((key) => /^[xy]axis\d*$/.test(key))) {
      const axis = layout[name];
      const title = axis.title && { ...axis.title, font: larger(axis.title.font) };
      layout[name] = { ...axis, ...(title && { title }), tickfont: larger(axis.tickfont) };
    }
    if (layout.legend) {
      layout.legend = { ...layout.legend, font: larger(layout.legend.font) };
    }
    if (layout.annotations) {
      layout.annotations = layout.annotations.map((text) => ({ ...text, font: larger(text.font) }));
    }
  }

  function attach(name, tries = 0) {
    const plot = plotOf(name);
    if (!plot || !plot.on) {
      if (tries < 40) {
        window.setTimeout(() => attach(name, tries + 1), 100);
      }
      return;
    }
    if (plot.explorerEvents === plot._ev) {
      return; // Plotly drops its listeners when it draws from scratch; then attach again
    }
    plot.explorerEvents = plot._ev;
    plot.on("plotly_relayout", (change) => spread(name, change));
    plot.on("plotly_doubleclick", () => reset(linkOf(name)));
    plot.on("plotly_hover", (event) => showCard(name, event));
    plot.on("plotly_unhover", hideCard);
    const button = boxOf(name)?.closest(".panel")?.querySelector(".reset-zoom");
    if (button && !button.explorerBound) {
      button.explorerBound = true;
      button.addEventListener("click", () => reset(linkOf(name)));
    }
  }

  const linked = (link) => Object.keys(home).filter((name) => plotOf(name) && linkOf(name) === link);

  // A user's zoom of one plot goes to its neighbours and is remembered.
  let spreading = false;
  function spread(name, change) {
    if (change["scene.camera"]) {
      cameras[name] = change["scene.camera"];
    }
    if (spreading || !("xaxis.range[0]" in change || "yaxis.range[0]" in change)) {
      return;
    }
    const link = linkOf(name);
    const full = plotOf(name)._fullLayout;
    const zoom = {
      frame: full.meta && full.meta.frame,
      x: full.xaxis.range.slice(),
      y: full.yaxis.range.slice(),
    };
    zoomed[link] = zoom;
    markZoomed(link, true);
    apply(link, name, zoom);
  }

  function apply(link, except, zoom) {
    spreading = true;
    const others = linked(link).filter((name) => name !== except && boxOf(name).offsetParent);
    const done = others.map((name) =>
      window.Plotly.relayout(plotOf(name), { "xaxis.range": zoom.x, "yaxis.range": zoom.y }),
    );
    Promise.allSettled(done).then(() => (spreading = false));
  }

  function reset(link) {
    delete zoomed[link];
    markZoomed(link, false);
    spreading = true;
    const done = linked(link).map((name) =>
      window.Plotly.relayout(plotOf(name), {
        "xaxis.range": home[name].x.slice(),
        "yaxis.range": home[name].y.slice(),
      }),
    );
    Promise.allSettled(done).then(() => (spreading = false));
  }

  function markZoomed(link, on) {
    for (const name of linked(link)) {
      boxOf(name).closest(".panel")?.classList.toggle("zoomed", on);
      if (finger && pans[name] && plotOf(name).layout) {
        window.setTimeout(() => {
          const plot = plotOf(name); // the page may have been built anew meanwhile
          plot && window.Plotly.relayout(plot, { dragmode: on ? "pan" : false });
        });
      }
    }
  }

  // The card of one point: its values, and its posteriors as bars.
  let card = null;
  function showCard(name, event) {
    const hover = hovers[name];
    const point = event.points && event.points[0];
    if (!hover || !point || point.customdata === undefined) {
      return;
    }
    const index = Number(point.customdata);
    card = card || document.body.appendChild(element("div", "point-card"));
    card.replaceChildren(...cardLines(hover, index));
    card.style.display = "block";
    const box = card.getBoundingClientRect();
    const source = event.event;
    const left = source.clientX + 16 + box.width > innerWidth ? source.clientX - box.width - 16 : source.clientX + 16;
    card.style.left = Math.max(4, left) + "px";
    card.style.top = Math.max(4, Math.min(innerHeight - box.height - 4, source.clientY + 12)) + "px";
  }

  function hideCard() {
    if (card) {
      card.style.display = "none";
    }
  }
  window.addEventListener("scroll", hideCard, true);

  function element(tag, className, text) {
    const node = document.createElement(tag);
    node.className = className;
    if (text !== undefined) {
      node.textContent = text; // never markup: columns and groups bear users' names
    }
    return node;
  }

  function unpack(spec, Kind) {
    if (!spec.array) {
      const bytes = Uint8Array.from(atob(spec.bdata), (c) => c.charCodeAt(0));
      spec.array = new Kind(bytes.buffer);
    }
    return spec.array;
  }

  function cardLines(hover, index) {
    const lines = [element("div", "card-title", "Point " + (hover.rows ? unpack(hover.rows, Int32Array)[index] + 1 : index + 1))];
    const d = hover.columns.length;
    const values = unpack(hover.values, Float32Array);
    hover.columns.forEach((column, i) => {
      lines.push(pair(column, minus(Number(values[index * d + i].toPrecision(5)))));
    });
    if (hover.truth) {
      lines.push(pair(hover.truth_title, hover.truth_names[unpack(hover.truth, Int32Array)[index]]));
    }
    const k = hover.colours.length;
    const shares = unpack(hover.posteriors, Uint16Array);
    const order = [...Array(k).keys()]
      .map((i) => [shares[index * k + i] / 65535, i])
      .filter(([share], i) => k <= 6 || share > 0.005)
      .sort((a, b) => (k <= 6 ? a[1] - b[1] : b[0] - a[0]))
      .slice(0, 6);
    lines.push(element("div", "card-title", hover.title));
    for (const [share, i] of order) {
      lines.push(bar(i + 1, share, hover.colours[i]));
    }
    return lines;
  }

  function pair(name, value) {
    const line = element("div", "card-pair");
    line.append(element("span", "card-name", name), element("span", "card-value", value));
    return line;
  }

  const minus = (value) => String(value).replace(/^-/, "−"); // as everywhere on the page

  function bar(number, share, colour) {
    const line = element("div", "card-bar");
    const track = element("span", "card-track");
    const fill = element("span", "card-fill");
    fill.style.width = 100 * share + "%";
    fill.style.background = colour;
    track.append(fill);
    line.append(element("span", "card-number", number), track, element("span", "card-share", percent(share)));
    return line;
  }

  function percent(share) {
    const text = (100 * share).toFixed(share > 0.0995 && share < 0.9995 ? 0 : 1);
    return (text === "100.0" ? "100" : text) + " %";
  }

  return { draw };
})();
