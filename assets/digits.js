// The Digits view: one new image beside its nearest real one, and the sweep over the number of
// components as a chain of short requests. A piece already answered is never asked for again.
window.dash_clientside = window.dash_clientside || {};
window.dash_clientside.digits = (function () {
  const { ids, keys, opens, sheet } = window.explorerContract;
  const keep = () => window.dash_clientside.no_update;
  const set = (id, props) => window.dash_clientside.set_props(id, props);

  const bytes = (spec) => Uint8Array.from(atob(spec.bdata), (c) => c.charCodeAt(0));

  function pair(number, pairs) {
    if (!pairs || !(number >= 1 && number <= sheet.images)) {
      return [keep(), keep()];
    }
    const { side, layout } = pairs;
    const [drawn, real] = [bytes(pairs.drawn), bytes(pairs.real)];
    const first = (number - 1) * side * side;
    const z = [...Array(side).keys()].map((row) => {
      const at = first + row * side;
      return [...drawn.slice(at, at + side), null, ...real.slice(at, at + side)];
    });
    const trace = {
      type: "heatmap", z: z, zmin: 0, zmax: 255, colorscale: pairs.colorscale,
      showscale: false, hoverinfo: "skip",
    };
    const what = pairs.names ? `, a ${pairs.names[number - 1]}` : "";
    const said =
      `Left: new image ${number}. Right: the nearest of the real ones, image ` +
      `${pairs.rows[number - 1].toLocaleString("en")}${what}, ${pairs.distance[number - 1]} away.`;
    return [{ name: ids.DIGITS_PAIR, figure: { data: [trace], layout: layout }, frame: "pair" }, said];
  }

  // The tile under the mouse, or the one clicked.
  function point(clicked, hovered, pairs) {
    const asked = window.dash_clientside.callback_context.triggered.map((t) => t.prop_id);
    const event = asked.some((name) => name.endsWith("clickData")) ? clicked : hovered;
    const spot = event && event.points && event.points[0];
    if (!spot || !pairs) {
      return keep();
    }
    const step = pairs.side + 1;
    return sheet.columns * Math.floor(spot.y / step) + Math.floor(spot.x / step) + 1;
  }

  const useSize = (clicked) => (clicked ? clicked.points[0].x : keep());

  // The sweep. What is known of each sweep, by its request; at most one of them runs.
  const known = {};
  let current = null; // the plan on the page
  let running = null; // the key of the sweep that goes on
  const keyOf = (request) => JSON.stringify(Object.entries(request).sort());
  const rowsOf = (key) => (known[key] = known[key] || {});

  // A link can start the sweep: once, for the settings that it opens with.
  let begun = false;
  const wanted = () => String(window.dash_clientside.explorer.now()?.open ?? "").split(",").includes(opens.sweep);

  function plan(given) {
    if (!given) {
      return keep();
    }
    current = { ...given, key: keyOf(given.request) };
    if (running && running !== current.key) {
      running = null;
    }
    if (!begun && wanted()) {
      running = current.key;
      ask();
    }
    begun = true;
    return show();
  }

  // Other settings: the sweep under way is no longer the one on the page.
  function settings(request) {
    if (!request || !running) {
      return keep();
    }
    const own = Object.entries(request).filter(([key]) => !keys.sweepIgnores.includes(key));
    if (keyOf(Object.fromEntries(own)) === running) {
      return keep();
    }
    running = null;
    return show();
  }

  function start(clicks) {
    if (!clicks || !current) {
      return keep();
    }
    running = current.key;
    ask();
    return show();
  }

  function stop(clicks) {
    if (!clicks) {
      return keep();
    }
    running = null;
    return show();
  }

  const missing = () => current.sizes.filter((size) => !(size in rowsOf(current.key)));

  function ask() {
    const left = missing();
    if (running !== current.key || !left.length) {
      running = null;
      return;
    }
    set(ids.SWEEP_ASK, { data: { ...current.request, size: left[0] } });
  }

  function answered(answer) {
    if (!answer || !current) {
      return keep();
    }
    const { size, ...request } = answer.asked;
    if (answer.problem) {
      running = null;
      return answer.problem;
    }
    rowsOf(keyOf(request))[size] = answer.row;
    window.setTimeout(() => {
      ask();
      set(ids.SWEEP_STATUS, { children: show() });
    }, 0);
    return show();
  }

  // Effect: chart, progress and buttons; returns the sentence beside them.
  function show() {
    const rows = Object.values(rowsOf(current.key)).sort((a, b) => a.size - b.size);
    const all = current.sizes.length;
    set(ids.picture(ids.DIGITS_SWEEP), { data: picture(rows) });
    set(ids.SWEEP_PROGRESS, { value: (100 * rows.length) / all });
    const going = running === current.key && rows.length < all;
    set(ids.SWEEP_START, {
      disabled: going || rows.length === all,
      children: rows.length && rows.length < all ? "Go on" : "Start",
    });
    set(ids.SWEEP_STOP, { disabled: !going });
    return words(rows, all, going);
  }

  function words(rows, all, going) {
    if (!rows.length) {
      return going ? "Fitting the first mixture …" : current.offer;
    }
    if (rows.length < all) {
      return `${rows.length} of ${all} mixtures` + (going ? " …" : "; stopped.");
    }
    const best = (name) => rows.reduce((a, b) => (b[name] < a[name] ? b : a)).size;
    const hollow = rows.some((row) => row.degenerate)
      ? " Hollow: a component describes too few images, so the score flatters." : "";
    return `AIC is least with ${best("aic")} components, BIC with ${best("bic")}. ` +
      `Click a point to use that number.${hollow}`;
  }

  function picture(rows) {
    const data = current.figure.data.map((trace) => ({
      ...trace,
      x: rows.map((row) => row.size),
      y: rows.map((row) => row[trace.meta.criterion]),
      marker: { ...trace.marker, symbol: rows.map((row) => (row.degenerate ? "circle-open" : "circle")) },
    }));
    const layout = JSON.parse(JSON.stringify(current.figure.layout));
    layout.yaxis.showticklabels = rows.length > 0;
    layout.annotations = rows.length ? [] : layout.annotations; // the words of the empty chart
    return { name: ids.DIGITS_SWEEP, figure: { data: data, layout: layout }, frame: current.key };
  }

  return { pair, point, useSize, settings, plan, start, stop, answered };
})();
