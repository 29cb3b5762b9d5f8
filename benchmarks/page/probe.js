// Runs in every page before its own scripts: notes when what is seen, once a frame. The same for all
// pages, so what it costs disturbs them alike. `shown` is the value that the picture holds for.
(() => {
  const plots = () => [...document.querySelectorAll(".js-plotly-plot")].filter((p) => p.offsetParent);
  const metaOf = (plot) => plot._fullLayout?.meta ?? {};
  const pointsOf = (plot) => plot.querySelectorAll(".scatterlayer .point").length;
  const thumb = () => {
    const all = [...document.querySelectorAll("[role=slider]")];
    return all.find((one) => one.getAttribute("aria-label") === bench.label) ?? all[0];
  };
  const valueOf = (plot) => (metaOf(plot).of ?? metaOf(plot))[bench.key];
  const bench = {
    key: "k", label: "K", marks: {}, shift: 0, long: 0, updates: 0,
    wants: [], shows: [], up: 0, right: 0, settled: 0, redrawn: 0,
    drawn: new Set(),
  };
  window.bench = bench;

  const observe = (type, note) => {
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true });
  };
  observe("paint", (e) => { bench.marks[e.name] = e.startTime; });
  observe("longtask", (e) => { bench.long += e.duration; });
  observe("layout-shift", (e) => { bench.shift += e.hadRecentInput ? 0 : e.value; });

  // Which value is seen now: that of the canvases of a live picture, else of what Plotly has drawn.
  bench.shown = () => {
    const live = [...document.querySelectorAll(".live-canvas")].filter((c) => c.offsetParent);
    if (live.length) {
      const tag = live[0].parentElement.querySelector(".live-value")?.textContent ?? "";
      return Number(tag.match(/[\d.]+$/)?.[0] ?? Number.NaN);
    }
    const values = new Set(plots().map(valueOf));
    return values.size === 1 ? [...values][0] : undefined;
  };
  // All is said for good; the picture may still be a canvas, and the page's own answer, which says the
  // same, on its way.
  const isSaid = () =>
    !document.querySelector('.stage.busy:not([data-live="now"]), .stage [aria-busy]');
  const isAnswered = () => !document.querySelector(".stage.busy");
  // A page that does not say what its pictures hold for has drawn them when all are drawn anew.
  const isDrawn = (value) => {
    const own = plots();
    const now = own.length > 0 && own.every((p) =>
      valueOf(p) === undefined ? bench.drawn.has(p) : valueOf(p) === value && bench.drawn.has(p));
    return now && !document.querySelector(".live-canvas") && isSaid() && isAnswered();
  };
  const hook = (plot) => {
    if (!plot.benched && plot.on) {
      plot.benched = true;
      plot.on("plotly_afterplot", () => bench.drawn.add(plot));
    }
  };

  // Before what is asked for in this frame is painted, `bench.begin` was called.
  bench.begin = (key, label) => {
    Object.assign(bench, { key, label, updates: 0, long: 0, wants: [], shows: [], up: 0, right: 0, settled: 0, redrawn: 0 });
    bench.drawn.clear();
    if (!bench.counts) {
      bench.counts = true;
      window.store?.subscribe(() => { bench.updates += 1; });
    }
    bench.watched?.disconnect();
    bench.watched = new MutationObserver(() => {
      const value = Number(thumb().getAttribute("aria-valuenow"));
      if (bench.wants.at(-1)?.[1] !== value) bench.wants.push([bench.hand, value]);
    });
    bench.watched.observe(thumb(), { attributeFilter: ["aria-valuenow"] });
    bench.last = bench.shown();
  };
  for (const type of ["pointerdown", "pointermove"]) {
    addEventListener(type, (e) => { bench.hand = e.timeStamp; }, true);
  }
  addEventListener("pointerup", (e) => { bench.up = e.timeStamp; bench.drawn.clear(); }, true);

  const opening = (now) => {
    const first = document.querySelector(".first .dots");
    const own = plots();
    const all = own.length > 0 && own.every((p) => pointsOf(p) > 0);
    if (!bench.marks.points && (first || all)) bench.marks.points = now;
    if (!bench.marks.drawn && all) bench.marks.drawn = now;
  };
  const hand = (now) => {
    const value = bench.shown();
    if (value !== bench.last) {
      bench.last = value;
      bench.shows.push([now, value]);
    }
    const wanted = bench.wants.at(-1)?.[1];
    if (!bench.up || wanted === undefined) return;
    const drawn = isDrawn(wanted);
    const right = value === wanted || (value === undefined && drawn);
    if (!bench.right && right) bench.right = now;
    if (!bench.settled && right && isSaid()) bench.settled = now;
    if (!bench.redrawn && drawn) bench.redrawn = now;
  };
  const frame = () => {
    const now = performance.now();
    if (document.body) {
      plots().forEach(hook);
      if (!bench.marks.drawn) opening(now);
      else if (bench.counts) hand(now);
    }
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
})();
