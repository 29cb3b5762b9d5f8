// Start centres placed by hand: dragged, clicked, moved by arrow keys, or typed. Letting go runs
// both methods from there.
window.stepsPlace = (function () {
  const { ids } = window.explorerContract;
  const SIDES = Object.keys(window.explorerContract.methods);
  const make = (...args) => window.stepsPlayer.element(...args);
  const UNTOUCHED = { moved: false, asked: null, heard: false };
  // `moved`: a centre was placed since the last request; `asked`: the start that was requested;
  // `heard`: the page's settings say so by now.
  const open = { on: false, chosen: 0, tools: null, dragging: false, waiting: 0, start: [], ...UNTOUCHED };

  function toggle(page, tools) {
    open.tools = tools;
    if (open.on) {
      return close(page);
    }
    Object.assign(open, { on: true, chosen: 0, start: [...page.run.start], ...UNTOUCHED });
    page.player.go(page.run.lead);
    build(page);
    page.player.paint();
    return undefined;
  }

  function close(page) {
    open.on = false;
    document.getElementById(ids.STEPS_CENTRES).hidden = true;
    document.querySelectorAll(".steps-handles").forEach((box) => box.remove());
    page.player.paint();
  }

  // After new runs have come: the fields and handles show where they started, unless somebody
  // has placed a centre since these runs were asked for: what a hand did last is what counts.
  function refresh(page) {
    if (!open.on) {
      return;
    }
    if (overtaken(page)) {
      page.run.start.set(open.start);
      page.player.paint();
    } else {
      Object.assign(open, { start: [...page.run.start], ...UNTOUCHED });
    }
    build(page);
  }

  function overtaken(page) {
    if (open.start.length !== page.run.start.length) {
      return false;
    }
    return open.moved || (open.asked !== null && textOf(page) !== open.asked);
  }

  // The page's settings have changed: to what was asked for here, or later to another start.
  function hear(state) {
    if (open.asked !== null && state.start === "own" && String(state.centres) === open.asked) {
      open.heard = true;
    } else if (open.heard) {
      Object.assign(open, { asked: null, heard: false });
    }
  }

  const position = (run, j) => [run.start[2 * j] + run.origin[0], run.start[2 * j + 1] + run.origin[1]];

  // As many digits as a link needs: a ten-thousandth of the plot.
  function rounded(run, value, axis) {
    const span = run.ranges[axis][1] - run.ranges[axis][0];
    const digits = Math.max(0, Math.min(8, 4 - Math.floor(Math.log10(span))));
    return Number(value.toFixed(digits));
  }

  function move(page, j, x, y) {
    page.run.start[2 * j] = x - page.run.origin[0];
    page.run.start[2 * j + 1] = y - page.run.origin[1];
    Object.assign(open, { start: [...page.run.start], moved: true });
    page.player.paint();
    fill(page, j);
  }

  // The start as a link says it.
  function textOf(page) {
    const places = [];
    for (let j = 0; j < page.run.k; j++) {
      position(page.run, j).forEach((value, axis) => places.push(rounded(page.run, value, axis)));
    }
    return places.join(",");
  }

  function commit(page, after) {
    clearTimeout(open.waiting);
    const text = textOf(page);
    Object.assign(open, { moved: false, asked: text, heard: false });
    if (page.state.start === "own" && String(page.state.centres) === text) {
      return after === "play" ? page.player.play(0) : undefined;
    }
    return open.tools.restart({ centres: text, start: "own" }, after);
  }

  function build(page) {
    const box = document.getElementById(ids.STEPS_CENTRES);
    box.hidden = false;
    if (typingIn(box) && box.querySelectorAll(".centre-field").length === page.run.k) {
      return renew(page); // a run that arrives must not take the text out of somebody's hands
    }
    const list = make("div", "centre-fields");
    for (let j = 0; j < page.run.k; j++) {
      list.append(fieldsOf(page, j));
    }
    const hint = make("p", "hint", "Drag the centres in either plot, click where the chosen one should go, " +
      "move it with the arrow keys, or type its position. Both methods start from here. While they are placed the numbers are those of this list.");
    const run = make("button", "player-wide", "Run from here");
    run.type = "button";
    run.id = ids.STEPS_RUN;
    run.addEventListener("click", () => {
      commit(page, "play");
      close(page);
    });
    box.replaceChildren(hint, list, run);
    renew(page);
  }

  const typingIn = (box) => box.contains(document.activeElement) && document.activeElement.dataset.field;

  // The handles and the numbers follow the run; a field with the focus keeps what is in it.
  function renew(page) {
    SIDES.forEach((side) => overlay(page, side));
    for (let j = 0; j < page.run.k; j++) {
      fill(page, j);
    }
  }

  function fieldsOf(page, j) {
    const row = make("div", "centre-field");
    const mark = make("span", "centre-mark", String(j + 1));
    mark.style.borderColor = page.run.look.muted;
    row.append(mark);
    for (const axis of [0, 1]) {
      const field = make("input", "centre-input");
      Object.assign(field, { type: "number", step: "any" });
      field.dataset.field = `${j}-${axis}`;
      field.setAttribute("aria-label", `Centre ${j + 1}, ${axis ? "vertical" : "horizontal"}: ${page.run.titles[axis]}`);
      field.addEventListener("change", () => typed(page, j));
      row.append(field);
    }
    return row;
  }

  // The fields hold original values also where the plot's axis is that of their logarithms.
  const BENT = {
    log: { there: Math.log, back: Math.exp },
    sqrt: { there: Math.sqrt, back: (v) => v * v },
    asinh: { there: Math.asinh, back: Math.sinh },
  };
  const original = (run, value, axis) => {
    const bend = BENT[run.bends[axis]];
    return bend ? Number(bend.back(value).toPrecision(6)) : rounded(run, value, axis);
  };
  const placed = (run, value, axis) => (BENT[run.bends[axis]] || { there: (v) => v }).there(value);

  function fill(page, j) {
    const at = position(page.run, j).map((value, axis) => original(page.run, value, axis));
    for (const axis of [0, 1]) {
      const field = document.querySelector(`[data-field="${j}-${axis}"]`);
      if (field && document.activeElement !== field) {
        field.value = at[axis];
      }
    }
    document.querySelectorAll(`.steps-handle[data-centre="${j}"]`).forEach((handle) =>
      handle.setAttribute("aria-label", `Centre ${j + 1} at ${at[0]}, ${at[1]}. Arrow keys move it.`));
  }

  function typed(page, j) {
    const [x, y] = [0, 1].map((axis) =>
      placed(page.run, Number(document.querySelector(`[data-field="${j}-${axis}"]`).value), axis));
    if (Number.isFinite(x) && Number.isFinite(y)) {
      move(page, j, x, y);
      commit(page, "stay");
    }
  }

  // Buttons over one plot, so that mouse, finger and keyboard all have something to hold.
  function overlay(page, side) {
    const plot = open.tools.plotBox(side);
    let box = plot.querySelector(".steps-handles");
    if (box && box.childElementCount === page.run.k) {
      return;
    }
    box?.remove();
    box = plot.appendChild(make("div", "steps-handles"));
    box.addEventListener("pointerup", (event) => {
      if (event.target === box) {
        choose(page, open.chosen);
        placeAt(page, side, open.chosen, event);
        open.chosen = (open.chosen + 1) % page.run.k;
        choose(page, open.chosen);
        commit(page, "stay");
      }
    });
    for (let j = 0; j < page.run.k; j++) {
      box.append(handle(page, side, j));
    }
    choose(page, open.chosen);
  }

  function handle(page, side, j) {
    const button = make("button", "steps-handle");
    button.type = "button";
    button.dataset.centre = j;
    button.addEventListener("pointerdown", (event) => {
      button.setPointerCapture(event.pointerId);
      open.dragging = true;
      choose(page, j);
    });
    button.addEventListener("pointermove", (event) => open.dragging && button.hasPointerCapture(event.pointerId) && placeAt(page, side, j, event));
    button.addEventListener("pointerup", () => {
      open.dragging = false;
      commit(page, "stay");
    });
    button.addEventListener("focus", () => choose(page, j));
    button.addEventListener("keydown", (event) => nudge(page, j, event));
    return button;
  }

  function choose(page, j) {
    open.chosen = j;
    document.querySelectorAll(".steps-handle").forEach((one) => one.classList.toggle("chosen", Number(one.dataset.centre) === j));
  }

  function placeAt(page, side, j, event) {
    const view = open.tools.viewOf(side);
    const box = open.tools.plotBox(side).getBoundingClientRect();
    const inside = (v, low, size) => Math.max(low, Math.min(low + size, v));
    const px = inside(event.clientX - box.left, view.left, view.width);
    const py = inside(event.clientY - box.top, view.top, view.height);
    move(page, j, view.plotX(px), view.plotY(py));
  }

  const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

  function nudge(page, j, event) {
    const step = STEPS[event.key];
    if (!step) {
      return;
    }
    event.preventDefault();
    event.stopPropagation(); // here the arrows move the centre, not the player
    const fine = event.shiftKey ? 500 : 50;
    const [x, y] = position(page.run, j);
    const span = page.run.ranges.map(([low, high]) => (high - low) / fine);
    move(page, j, x + step[0] * span[0], y + step[1] * span[1]);
    clearTimeout(open.waiting);
    open.waiting = setTimeout(() => commit(page, "stay"), 400);
  }

  // Called on every drawing: the handles stay on their centres when the plot is zoomed.
  function follow(page, side, view) {
    const box = open.on && open.tools.plotBox(side).querySelector(".steps-handles");
    if (!box) {
      return;
    }
    Object.assign(box.style, { left: 0, top: 0 });
    box.style.clipPath = `inset(${view.top}px calc(100% - ${view.left + view.width}px) calc(100% - ${view.top + view.height}px) ${view.left}px)`;
    [...box.children].forEach((button, j) => {
      button.style.left = view.px(page.run.start[2 * j]) + "px";
      button.style.top = view.py(page.run.start[2 * j + 1]) + "px";
    });
  }

  return { toggle, refresh, hear, follow, close, isOpen: () => open.on };
})();
