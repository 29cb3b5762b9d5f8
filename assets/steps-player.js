// The player: one time line for both sides, its buttons and keys, and the curves. It draws
// through a function it is given, so that the page and a saved animation share it.
window.stepsPlayer = (function () {
  const LAST = window.explorerContract.settings.step.default;
  const SVG = "http://www.w3.org/2000/svg";
  const SIDES = Object.keys(window.explorerContract.methods);
  const HALF_STEP = 900; // milliseconds at speed 1
  const TURN = 450; // of which something moves
  const ICONS = {
    first: "M4 3v10M13 3.500L6.500 8 13 12.500Z",
    back: "M11.500 3.500L5 8l6.500 4.500Z",
    play: "M5 3l8 5-8 5Z",
    pause: "M5.500 3v10M10.500 3v10",
    forward: "M4.500 3.500L11 8l-6.500 4.500Z",
    last: "M12 3v10M3 3.500L9.500 8 3 12.500Z",
  };

  function element(tag, className, text) {
    const node = document.createElement(tag);
    node.className = className;
    if (text !== undefined) {
      node.textContent = text;
    }
    return node;
  }

  function drawn(tag, attributes, parent) {
    const node = document.createElementNS(SVG, tag);
    Object.entries(attributes).forEach(([key, value]) => node.setAttribute(key, value));
    parent.appendChild(node);
    return node;
  }

  function setIcon(button, name) {
    button.replaceChildren();
    const picture = drawn("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" }, button);
    drawn("path", { d: ICONS[name] }, picture);
  }

  // `parts`: toolbar and, for each side, phase, said, curve, formulas; `draw(side, p, t)`;
  // `settled(place)`: called when playing or stepping has come to rest.
  function create({ parts, draw, settled, live }) {
    const state = {
      run: null, places: { kmeans: 0, gmm: 0 }, t: 1, playing: false, speed: 1, drive: "both",
      since: 0, asked: 0, resting: 0,
    };
    const tools = toolbar(parts.toolbar, act);
    const still = window.matchMedia("(prefers-reduced-motion: reduce)");

    const lastOf = (side) => state.run.lead + state.run[side].last;
    const driven = () => (state.drive === "both" ? SIDES : [state.drive]);
    const end = () => Math.max(...driven().map(lastOf));
    const place = () => Math.max(...driven().map((side) => state.places[side]));

    function load(run, wanted) {
      state.run = run;
      pause();
      SIDES.forEach((side) => curve(parts[side].curve, run, side, (p) => go(p, side)));
      jump(wanted === LAST ? end() : wanted);
    }

    // Goes to a place at once; linked sides go together, each at most to its own end.
    function jump(p, t = 1) {
      const to = Math.max(0, Math.min(end(), Math.round(Number(p)) || 0));
      driven().forEach((side) => (state.places[side] = Math.min(to, lastOf(side))));
      state.t = t;
      show();
    }

    function go(p, side) {
      if (side && state.drive !== "both") {
        state.drive = side;
        tools.drive.value = side;
      }
      pause();
      jump(p);
      rest();
    }

    function act(name, value) {
      if (!state.run) {
        return;
      }
      if (name === "play") {
        return state.playing ? (pause(), rest()) : play();
      }
      if (name === "speed") {
        state.speed = Number(value);
        return undefined;
      }
      if (name === "drive") {
        state.drive = value;
        return go(Math.max(...driven().map((side) => state.places[side])));
      }
      if (name === "forward") {
        return forward();
      }
      const target = { first: 0, back: place() - 1, last: end(), scrub: value }[name];
      return go(target);
    }

    function forward() {
      pause();
      if (place() >= end()) {
        return rest();
      }
      jump(place() + 1, still.matches ? 1 : 0);
      if (!still.matches) {
        state.since = performance.now();
        state.asked = requestAnimationFrame(turn);
      }
      return rest();
    }

    // One half step by hand: it turns, then stands still.
    function turn(now) {
      state.t = Math.max(0, Math.min(1, (now - state.since) / TURN));
      paint();
      if (state.t < 1) {
        state.asked = requestAnimationFrame(turn);
      }
    }

    function play(from) {
      if (from !== undefined || place() >= end()) {
        jump(from || 0);
      }
      state.playing = true;
      tools.playing(true);
      state.since = performance.now() - (still.matches ? 0 : TURN / state.speed);
      state.asked = requestAnimationFrame(tick);
    }

    function tick(now) {
      if (!state.playing) {
        return;
      }
      const length = HALF_STEP / state.speed;
      const passed = now - state.since;
      if (passed >= length) {
        if (place() >= end()) {
          pause();
          state.t = 1;
          show();
          rest();
          return;
        }
        state.since = passed > 2 * length ? now : state.since + length;
        jump(place() + 1, still.matches ? 1 : 0);
      } else if (state.t < 1) {
        state.t = Math.max(0, Math.min(1, passed / (TURN / state.speed)));
        paint();
      }
      state.asked = requestAnimationFrame(tick);
    }

    function pause() {
      cancelAnimationFrame(state.asked);
      state.playing = false;
      state.t = 1;
      tools.playing(false);
      if (state.run) {
        paint();
      }
    }

    function rest() {
      clearTimeout(state.resting);
      state.resting = setTimeout(() => settled && settled(place() >= end() ? LAST : place()), 350);
    }

    function paint() {
      SIDES.forEach((side) => {
        const p = state.places[side];
        const turning = driven().includes(side) && p === place() ? state.t : 1;
        draw(side, p, turning);
      });
    }

    // Words, curves, slider and pictures of the place where we are.
    function show() {
      SIDES.forEach(describe);
      tools.at(place(), end(), state.run.lead);
      if (live) {
        live.textContent = `${tools.where(place(), end(), state.run.lead)}. ` +
          driven().map((side) => `${state.run[side].title}, ${parts[side].phase.textContent}: ${said(side)}`).join(" ");
      }
      paint();
    }

    function said(side) {
      const { run, places } = state;
      const p = places[side];
      return p < run.lead ? run.seeding_said[p] : run[side].said[p - run.lead];
    }

    function describe(side) {
      const { run, places } = state;
      const h = places[side] - run.lead;
      const part = parts[side];
      part.phase.textContent = phaseOf(side, h, run[side].last);
      part.phase.dataset.phase = h < 1 ? "start" : h % 2 ? "assign" : "move";
      part.said.textContent = said(side);
      part.formulas.textContent = h < 0 ? "" : run[side].formulas[h];
      cursor(part.curve, Math.max(h, 0), run[side].last);
    }

    return {
      load, act, play, go, pause, paint, state,
      place: () => place(), end: () => end(), key: (event) => key(event, act),
    };
  }

  function phaseOf(side, h, last) {
    if (h < 0) {
      return "Choosing the start";
    }
    if (h === 0) {
      return "Start";
    }
    const name = side === "kmeans" ? ["Move", "Assign"] : ["M-step", "E-step"];
    return name[h % 2] + (h === last ? " \u00b7 end" : "");
  }

  const KEYS = { " ": "play", ArrowLeft: "back", ArrowRight: "forward", Home: "first", End: "last" };

  // Space, arrows, Home, End: unless the key means something to what has the focus.
  function key(event, act) {
    const name = KEYS[event.key];
    if (!name || event.ctrlKey || event.metaKey || event.altKey || taken(event.target, event.key)) {
      return false;
    }
    event.preventDefault();
    act(name);
    return true;
  }

  function taken(target, pressed) {
    if (!target.closest) {
      return false;
    }
    if (target.matches("input[type=radio], input[type=range]")) {
      return pressed !== " " && (target.type === "range" || pressed.startsWith("Arrow"));
    }
    if (target.matches("input[type=checkbox]")) {
      return pressed === " ";
    }
    const typing = "input, textarea, select, [contenteditable], [role=slider], [role=tab], [role=combobox], [role=menu]";
    return Boolean(target.closest(typing)) || (pressed === " " && Boolean(target.closest("button, a, summary")));
  }

  function toolbar(box, act) {
    const buttons = {};
    const group = element("div", "player-buttons");
    const labels = { first: "First (Home)", back: "One back (left arrow)", play: "Play (space)", forward: "One forward (right arrow)", last: "Last (End)" };
    for (const name of Object.keys(labels)) {
      const button = element("button", "player-button player-" + name);
      button.type = "button";
      button.title = labels[name];
      button.setAttribute("aria-label", labels[name]);
      button.addEventListener("click", () => act(name));
      setIcon(button, name);
      buttons[name] = button;
      group.append(button);
    }
    const slider = element("input", "player-slider");
    Object.assign(slider, { type: "range", min: 0, max: 0, value: 0, step: 1 });
    slider.setAttribute("aria-label", "Half step");
    slider.addEventListener("input", () => act("scrub", Number(slider.value)));
    const count = element("output", "player-count", "");
    const speed = choice("Speed", { 0.5: "0.5\u00d7", 1: "1\u00d7", 2: "2\u00d7", 4: "4\u00d7" }, "1", (v) => act("speed", v));
    const drive = choice("What the player moves", { both: "Both", kmeans: "k-means", gmm: "Mixture" }, "both", (v) => act("drive", v));
    box.replaceChildren(group, slider, count, speed, drive);
    const where = (p, end, lead) => (p < lead ? `choosing centre ${p + 1} of ${lead}` : `half step ${p - lead} of ${end - lead}`);
    return {
      drive,
      where,
      at(p, end, lead) {
        slider.max = end;
        slider.value = p;
        slider.style.setProperty("--done", `${(100 * p) / Math.max(end, 1)}%`);
        slider.setAttribute("aria-valuetext", where(p, end, lead));
        count.textContent = where(p, end, lead);
        buttons.first.disabled = buttons.back.disabled = p === 0;
        buttons.forward.disabled = buttons.last.disabled = p === end;
      },
      playing(on) {
        setIcon(buttons.play, on ? "pause" : "play");
        buttons.play.setAttribute("aria-label", on ? "Pause (space)" : labels.play);
        buttons.play.title = on ? "Pause (space)" : labels.play;
      },
    };
  }

  function choice(name, options, value, act) {
    const box = element("select", "player-choice");
    box.setAttribute("aria-label", name);
    Object.entries(options).forEach(([key, label]) => box.append(new Option(label, key)));
    box.value = value;
    box.addEventListener("change", () => act(box.value));
    return box;
  }

  // The objective over the half steps, with a cursor; a click or a drag goes there.
  const WIDE = 560; // while nobody knows how wide the box is
  const H = 132;
  const PAD = { left: 58, right: 12, top: 12, bottom: 34 };

  function curve(box, run, side, go) {
    const { objective, last } = run[side];
    const W = Math.max(300, box.clientWidth || WIDE); // letters keep their size on a phone
    const known = objective.map((v, h) => [h, v]).filter(([, v]) => v !== null);
    const values = known.map(([, v]) => v);
    let low = Math.min(...values);
    let high = Math.max(...values);
    const least = Math.max(Math.abs(low), Math.abs(high), 1e-9) * 1e-4; // no drama about the last digits
    const pad = Math.max((high - low) * 0.08, (least - (high - low)) / 2);
    low -= pad;
    high += pad;
    const x = (h) => PAD.left + (h / Math.max(last, 1)) * (W - PAD.left - PAD.right);
    const y = (v) => H - PAD.bottom - ((v - low) / (high - low)) * (H - PAD.top - PAD.bottom);
    const title = side === "kmeans" ? "Inertia" : "Mean log-likelihood";
    box.replaceChildren();
    const svg = drawn("svg", { viewBox: `0 0 ${W} ${H}`, role: "img", "aria-label": `${title} after every half step` }, box);
    axes(svg, x, y, low, high, last, title, W);
    drawn("polyline", { class: "curve-line", points: known.map(([h, v]) => `${x(h)},${y(v)}`).join(" ") }, svg);
    if (known.length <= 80) {
      known.forEach(([h, v]) => drawn("circle", { class: "curve-dot", cx: x(h), cy: y(v), r: 2.4 }, svg));
    }
    drawn("line", { class: "curve-cursor", y1: PAD.top - 4, y2: H - PAD.bottom + 4 }, svg);
    drawn("circle", { class: "curve-here", r: 4.5 }, svg);
    box.stepsAt = (h) => {
      const v = objective[h];
      const line = svg.querySelector(".curve-cursor");
      line.setAttribute("x1", x(h));
      line.setAttribute("x2", x(h));
      const dot = svg.querySelector(".curve-here");
      dot.setAttribute("visibility", v === null || v === undefined ? "hidden" : "visible");
      if (v !== null && v !== undefined) {
        dot.setAttribute("cx", x(h));
        dot.setAttribute("cy", y(v));
      }
    };
    follow(svg, (share) => {
      const h = ((share * W - PAD.left) / (W - PAD.left - PAD.right)) * last;
      go(run.lead + Math.max(0, Math.min(last, Math.round(h))));
    });
  }

  function axes(svg, x, y, low, high, last, title, W) {
    const up = window.stepsDraw.ticks(low, high, 4);
    up.values.forEach((v) => {
      drawn("line", { class: "curve-grid", x1: PAD.left, x2: W - PAD.right, y1: y(v), y2: y(v) }, svg);
      drawn("text", { class: "curve-tick", x: PAD.left - 6, y: y(v) + 3.5, "text-anchor": "end" }, svg).textContent = up.text(v);
    });
    const along = window.stepsDraw.ticks(0, last, Math.min(last, 8));
    along.values.filter((v) => Number.isInteger(v)).forEach((v) => {
      drawn("text", { class: "curve-tick", x: x(v), y: H - PAD.bottom + 15, "text-anchor": "middle" }, svg).textContent = String(v);
    });
    drawn("text", { class: "curve-title", x: (PAD.left + W) / 2, y: H - 4, "text-anchor": "middle" }, svg).textContent = `${title}, by half step`;
  }

  function follow(svg, go) {
    const at = (event) => {
      const box = svg.getBoundingClientRect();
      go((event.clientX - box.left) / box.width);
    };
    svg.addEventListener("pointerdown", (event) => {
      svg.setPointerCapture(event.pointerId);
      at(event);
    });
    svg.addEventListener("pointermove", (event) => event.buttons && at(event));
  }

  function cursor(box, h) {
    if (box.stepsAt) {
      box.stepsAt(h);
    }
  }

  return { create, element, drawn };
})();
