// The Step by step view on the page: the player on top of Plotly's axes, the step in the link,
// and the start that the user places.
window.dash_clientside = window.dash_clientside || {};
window.dash_clientside.steps = (function () {
  const { ids, keys, methods } = window.explorerContract;
  const SIDES = Object.keys(methods);
  const LAST = window.explorerContract.settings.step.default;
  const set = (...args) => window.dash_clientside.set_props(...args);
  const byId = (id) => document.getElementById(id);
  const plotBox = (side) => byId(JSON.stringify(ids.graph(ids.steps_plot(side))))?.closest(".plot-box");
  const plotOf = (side) => plotBox(side)?.querySelector(".js-plotly-plot");
  const page = { player: null, toolbar: null, run: null, trace: null, state: null, visit: null, after: null, axes: {} };

  // A new trace, or a change of what is shown. Effect: draws; returns a count for tests and lessons.
  function load(trace, state, navigation) {
    page.state = state;
    window.stepsPlace.hear(state);
    if (!trace || !byId(ids.STEPS_TOOLBAR)) {
      return window.dash_clientside.no_update;
    }
    const fresh = ensurePlayer(navigation);
    if (trace !== page.trace || fresh) {
      open(trace, fresh, state);
    } else {
      page.player.paint();
    }
    return window.dash_clientside.no_update;
  }

  function ensurePlayer(navigation) {
    const toolbar = byId(ids.STEPS_TOOLBAR);
    const visit = navigation && navigation.time;
    const fresh = page.toolbar !== toolbar || page.visit !== visit || !toolbar.firstChild;
    if (page.toolbar !== toolbar || !toolbar.firstChild) {
      const parts = { toolbar: toolbar };
      for (const side of SIDES) {
        const part = (name) => byId(ids.step_part(side, name));
        parts[side] = { phase: part("phase"), said: part("said"), curve: part("curve"), formulas: part("formulas") };
      }
      page.player?.pause();
      page.player = window.stepsPlayer.create({ parts, draw, settled: settle, live: byId(ids.STEPS_LIVE) });
      page.toolbar = toolbar;
    }
    page.visit = visit;
    return fresh;
  }

  function open(trace, fresh, state) {
    const begun = ["start", "centres", "seed", "kinit"].map((key) => String(state[key])).join("|");
    const again = page.trace !== null && !fresh;
    if (again && begun !== page.begun) {
      page.after = page.after || "stay"; // another start is watched from its beginning
    }
    page.begun = begun;
    const before = again ? page.player.place() : null;
    const atEnd = again && before >= page.player.end();
    page.trace = trace;
    page.run = window.stepsDraw.decode(trace);
    // A run that arrives while another one plays is played too: nobody pressed pause.
    const after = page.after || (again && page.player.state.playing ? "play" : null);
    page.after = null;
    page.player.load(page.run, after ? 0 : again ? (atEnd ? LAST : before) : state.step);
    window.stepsPlace.refresh(page);
    if (window.stepsPoints.isOpen()) {
      window.stepsPoints.close(page, false); // these were changes to other points
    }
    if (after) {
      settle(0);
    }
    if (after === "play") {
      page.player.play(0);
    }
  }

  // Plotly draws its axes in its own time, from scratch when it likes: whoever asks to be told
  // may be forgotten. So we look, and draw again whenever the axes are not those of our picture.
  const axesOf = (side) => {
    const { xaxis, yaxis } = plotOf(side)?._fullLayout || {};
    const box = plotBox(side);
    return xaxis?._length && yaxis?._length && box.clientWidth
      ? [xaxis.range, yaxis.range, xaxis._offset, yaxis._offset, xaxis._length, yaxis._length, box.clientWidth, box.clientHeight].join()
      : "";
  };
  function look() {
    const stage = byId(ids.stage("steps"));
    if (!page.run || !stage || stage.hidden || document.hidden) {
      return;
    }
    SIDES.forEach(listen);
    SIDES.forEach(hoverOver);
    if (SIDES.some((side) => axesOf(side) && axesOf(side) !== page.axes[side])) {
      page.player.paint();
    }
  }
  setInterval(look, 120);

  function listen(side) {
    const plot = plotOf(side);
    if (!plot || !plot.on || plot.stepsEvents === plot._ev) {
      return;
    }
    plot.stepsEvents = plot._ev;
    plot.on("plotly_relayouting", look); // a zoom under way is followed frame by frame
    plot.on("plotly_afterplot", look);
  }

  function canvasOf(side) {
    const box = plotBox(side);
    let canvas = box.querySelector("canvas.steps-canvas");
    if (!canvas) {
      canvas = box.appendChild(document.createElement("canvas"));
      canvas.className = "steps-canvas";
      canvas.setAttribute("aria-hidden", "true");
    }
    const sharp = Math.min(window.devicePixelRatio || 1, 2);
    const width = Math.round(box.clientWidth * sharp);
    const height = Math.round(box.clientHeight * sharp);
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
    }
    const ctx = canvas.getContext("2d");
    ctx.setTransform(sharp, 0, 0, sharp, 0, 0);
    ctx.clearRect(0, 0, box.clientWidth, box.clientHeight);
    return ctx;
  }

  function hoverOver(side) {
    const box = plotBox(side);
    if (box && !box.stepsHover) {
      box.stepsHover = true;
      box.addEventListener("mousemove", (event) => page.run && window.stepsHover.show(page, side, event, { viewOf, plotBox }));
      box.addEventListener("mouseleave", window.stepsHover.hide);
    }
  }

  // The map of one plot, or null while Plotly has not drawn it.
  function viewOf(side) {
    const layout = plotOf(side)?._fullLayout;
    const { xaxis, yaxis } = layout || {};
    const drawn = layout?.meta && plotBox(side).clientWidth; // the empty plot has no meta yet
    if (!drawn || !xaxis?._length || !yaxis?._length || !page.run) {
      return null;
    }
    const area = { left: xaxis._offset, top: yaxis._offset, width: xaxis._length, height: yaxis._length };
    const range = (axis) => axis.range.map(Number);
    return window.stepsDraw.viewOf(page.run, area, range(xaxis), range(yaxis), "Inter, sans-serif");
  }

  function overlays() {
    const show = page.state?.show || [];
    const listed = Array.isArray(show) ? show : String(show).split(",");
    const has = (name) => listed.includes(name);
    return { size: has("size"), ellipses: has("ellipses"), centers: has("centers"), plain: has("plain") };
  }

  function draw(side, p, t) {
    const view = viewOf(side);
    if (view) {
      page.axes[side] = axesOf(side);
      const ctx = canvasOf(side);
      window.stepsDraw.side(ctx, page.run, view, side, p, t, { ...overlays(), placing: window.stepsPlace.isOpen() });
      window.stepsPoints.paint(page, ctx, view);
      window.stepsPlace.follow(page, side, view);
    }
  }

  // The step goes into the link once it stands still; no request depends on it.
  function settle(step) {
    if (page.state && String(page.state.step) !== String(step)) {
      set(ids.control("step"), { value: String(step) });
    }
  }

  // Asks for another start; when its runs arrive they begin at the beginning.
  function restart(values, after = "stay") {
    page.after = after;
    set(ids.STEPS_WISH, { data: { ...values, step: "0", time: Date.now() } });
  }

  // All wishes at once, so that the server is asked once.
  function wish(values) {
    const kept = window.dash_clientside.no_update;
    const asked = keys.wished.map((key) => (values && key in values ? values[key] : kept));
    return [...asked, values && "data" in values ? values.data : kept];
  }

  function newStart() {
    const { start, seed } = page.state;
    const drawnStart = start === "bad" || start === "own" ? "random" : start;
    restart({ start: drawnStart, seed: Number(seed) + 1 });
  }

  document.addEventListener("keydown", (event) => {
    const stage = byId(ids.stage("steps"));
    const here = stage && !stage.hidden && page.run && page.player;
    if (here && (event.target === document.body || stage.contains(event.target))) {
      page.player.key(event);
    }
  });
  const ACTIONS = {
    [ids.STEPS_NEW_START]: newStart,
    [ids.STEPS_PLACE]: place,
    [ids.STEPS_EDIT]: edit,
    [ids.STEPS_SAVE_HTML]: save,
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("button");
    const action = button && page.run && ACTIONS[button.id];
    if (action) {
      action();
    }
  });

  // A start picked by mouse gives the keys back to the player.
  document.addEventListener("change", (event) => {
    if (event.target.type === "radio" && event.target.closest(`#${ids.stage("steps")}`) && !page.byKey) {
      event.target.blur();
    }
  });
  document.addEventListener("keydown", () => (page.byKey = true), true);
  document.addEventListener("pointerdown", () => (page.byKey = false), true);

  function place() {
    if (window.stepsPoints.isOpen()) {
      edit();
    }
    window.stepsPlace.toggle(page, { viewOf, plotBox, restart });
  }

  function edit() {
    if (window.stepsPlace.isOpen()) {
      window.stepsPlace.close(page);
    }
    window.stepsPoints.toggle(page, { viewOf, plotBox, restart });
  }

  function save() {
    window.stepsSave.html(page);
  }

  const formulas = (on) => [!on, !on];
  page.overlays = overlays;
  return { load, formulas, wish, page };
})();
