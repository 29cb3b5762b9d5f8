// Points changed between two steps: added, dragged, removed. Going on stores them as a drawing of
// the user's own and runs both methods from where k-means' centres stand now.
window.stepsPoints = (function () {
  const { ids, addresses, drawing, methods, tableData } = window.explorerContract;
  const SIDES = Object.keys(methods);
  const HOLD = { mouse: 8, pen: 10, touch: 16 }; // pixels around a point that count as it
  const make = (...args) => window.stepsPlayer.element(...args);
  const box = () => document.getElementById(ids.STEPS_POINTS);
  const open = { on: false, added: [], done: [], held: null, tools: null };

  function toggle(page, tools) {
    open.tools = tools;
    if (open.on) {
      return close(page, true);
    }
    page.player.pause();
    Object.assign(open, { on: true, added: [], done: [], held: null });
    panel(page);
    SIDES.forEach((side) => overlay(page, side));
    page.player.paint();
    return undefined;
  }

  function close(page, restore) {
    while (restore && open.done.length) {
      undo(page, true);
    }
    open.on = false;
    box().hidden = true;
    document.querySelectorAll(".steps-touch").forEach((one) => one.remove());
    page.player.paint();
  }

  function panel(page) {
    const parts = [];
    const usable = page.run.columns;
    if (!usable) {
      parts.push(make("p", "hint", "Points can be edited when the data have exactly two columns, none of them bent by a transform, and the plot shows them. Choose two columns on the left."));
    } else {
      parts.push(make("p", "hint", "Click an empty place to add a point, drag a point to move it, click a point to remove it. Then go on: both methods start from k-means\u2019 centres of this step."));
      const fields = usable.map((name) => field(name));
      const add = button("Add", "quiet", () => typed(page, fields));
      const line = make("div", "centre-field");
      line.append(...fields, add);
      parts.push(line, button("Undo", "quiet", () => undo(page)), button("Go on with these points", "", () => goOn(page)));
      parts[parts.length - 1].id = ids.STEPS_GO_ON;
    }
    const said = make("p", "hint steps-points-said");
    said.setAttribute("role", "status");
    box().replaceChildren(...parts, said);
    box().hidden = false;
    tell(page);
  }

  function field(name) {
    const input = make("input", "centre-input");
    Object.assign(input, { type: "number", step: "any", placeholder: name });
    input.setAttribute("aria-label", `New point, ${name}`);
    return input;
  }

  function button(label, kind, act) {
    const node = make("button", "player-wide " + kind, label);
    node.type = "button";
    node.addEventListener("click", act);
    return node;
  }

  function tell(page, text) {
    const changes = open.done.length;
    const fallback = changes ? `${changes} ${changes === 1 ? "change" : "changes"}; ${pointsOf(page).length} points.` : "";
    box().querySelector(".steps-points-said").textContent = text || fallback;
  }

  function typed(page, fields) {
    const values = fields.map((one) => (one.value === "" ? NaN : Number(one.value)));
    if (values.every(Number.isFinite)) {
      change(page, { kind: "add", to: [values[0] - page.run.origin[0], values[1] - page.run.origin[1]] });
      fields.forEach((one) => (one.value = ""));
      fields[0].focus();
    }
  }

  const get = (page, i) => (i < page.run.n ? [page.run.points[2 * i], page.run.points[2 * i + 1]] : open.added[i - page.run.n]);
  function put(page, i, [x, y]) {
    page.run.version += 1;
    if (i < page.run.n) {
      page.run.points[2 * i] = x;
      page.run.points[2 * i + 1] = y;
    } else {
      open.added[i - page.run.n] = [x, y];
    }
  }

  function change(page, step) {
    if (step.kind === "add") {
      step.i = page.run.n + open.added.length;
      open.added.push(step.to);
    } else {
      put(page, step.i, step.kind === "remove" ? [NaN, NaN] : step.to);
    }
    open.done.push(step);
    tell(page);
    page.player.paint();
  }

  function undo(page, quiet) {
    const step = open.done.pop();
    if (!step) {
      return;
    }
    if (step.kind === "add") {
      open.added.pop();
    } else {
      put(page, step.i, step.from);
    }
    if (!quiet) {
      tell(page);
      page.player.paint();
    }
  }

  function overlay(page, side) {
    if (!page.run.columns) {
      return;
    }
    const layer = open.tools.plotBox(side).appendChild(make("div", "steps-touch"));
    layer.addEventListener("pointerdown", (event) => {
      layer.setPointerCapture(event.pointerId);
      const at = spot(page, side, event);
      const i = near(page, side, at, HOLD[event.pointerType] || 8);
      open.held = { i, at, from: i === null ? null : get(page, i), moved: false };
    });
    layer.addEventListener("pointermove", (event) => drag(page, side, event));
    layer.addEventListener("pointerup", (event) => release(page, side, event));
    layer.addEventListener("pointercancel", () => (open.held = null));
  }

  function spot(page, side, event) {
    const view = open.tools.viewOf(side);
    const edge = open.tools.plotBox(side).getBoundingClientRect();
    const px = event.clientX - edge.left;
    const py = event.clientY - edge.top;
    const inside = px >= view.left && px <= view.left + view.width && py >= view.top && py <= view.top + view.height;
    return { px, py, inside, xy: [view.plotX(px) - page.run.origin[0], view.plotY(py) - page.run.origin[1]] };
  }

  function near(page, side, at, reach) {
    const view = open.tools.viewOf(side);
    let best = reach;
    let found = null;
    for (let i = 0; i < page.run.n + open.added.length; i++) {
      const [x, y] = get(page, i);
      const away = Math.hypot(view.px(x) - at.px, view.py(y) - at.py);
      if (away < best) {
        [best, found] = [away, i];
      }
    }
    return found;
  }

  function drag(page, side, event) {
    const { held } = open;
    if (!held || held.i === null) {
      return;
    }
    const at = spot(page, side, event);
    held.moved = held.moved || Math.hypot(at.px - held.at.px, at.py - held.at.py) > 4;
    if (held.moved && at.inside) {
      put(page, held.i, at.xy);
      page.player.paint();
    }
  }

  function release(page, side, event) {
    const { held } = open;
    const at = spot(page, side, event);
    open.held = null;
    if (!held) {
      return;
    }
    if (held.i === null) {
      return at.inside ? change(page, { kind: "add", to: at.xy }) : undefined;
    }
    const kind = held.moved ? "move" : "remove";
    return change(page, { kind, i: held.i, from: held.from, to: get(page, held.i) });
  }

  // Called after every drawing: added points, in ink, as no step has seen them yet.
  function paint(page, ctx, view) {
    if (!open.on) {
      return;
    }
    ctx.fillStyle = page.run.look.ink;
    open.added.forEach(([x, y]) => {
      ctx.beginPath();
      ctx.arc(view.px(x), view.py(y), 4, 0, 2 * Math.PI);
      ctx.fill();
    });
  }

  function pointsOf(page) {
    const all = [];
    for (let i = 0; i < page.run.n + open.added.length; i++) {
      const [x, y] = get(page, i);
      if (Number.isFinite(x) && Number.isFinite(y)) {
        all.push([x + page.run.origin[0], y + page.run.origin[1]]);
      }
    }
    return all;
  }

  const quoted = (name) => `"${name.replace(/"/g, '""')}"`;

  async function goOn(page) {
    const points = pointsOf(page);
    if (!open.done.length) {
      return close(page, true);
    }
    if (points.length < Math.max(2, page.run.k)) {
      return tell(page, `K = ${page.run.k} needs at least ${Math.max(2, page.run.k)} points.`);
    }
    const text = [page.run.columns.map(quoted).join(","), ...points.map((p) => p.map((v) => v.toPrecision(9)).join(","))].join("\n");
    const options = new URLSearchParams({ [addresses.options]: JSON.stringify(drawing.written) });
    tell(page, "Storing the points \u2026");
    const address = document.getElementById(ids.UPLOAD).dataset.address;
    const answer = await window.explorerResilience.post(
      `${address}?${options}`, text, (words) => open.on && tell(page, words), () => open.on);
    if (!open.on) {
      return; // closed meanwhile
    }
    if (!answer) {
      return tell(page, "The connection was lost. Try again.");
    }
    const said = await answer.json().catch(() => ({}));
    if (!answer.ok || !said.key) {
      return tell(page, said.message || "The server could not store these points.");
    }
    const centres = centresNow(page);
    close(page, false);
    return open.tools.restart({ data: tableData.drawn, table: said.key, start: "own", centres, cols: [], label: null, x: null, y: null }, "play");
  }

  // Where k-means' centres are at this moment, as the link writes them.
  function centresNow(page) {
    const { run } = page;
    const h = Math.max(0, Math.min(page.player.state.places.kmeans - run.lead, run.kmeans.last));
    const { frame } = window.stepsDraw.moment("kmeans", h);
    const places = [];
    for (let j = 0; j < run.k; j++) {
      const xy = window.stepsDraw.centre(run, "kmeans", run.lead && page.player.state.places.kmeans < run.lead ? -1 : frame, -1, 1, j);
      places.push(...xy.map((v, axis) => Number((v + run.origin[axis]).toPrecision(7))));
    }
    return places.join(",");
  }

  return { toggle, close, paint, isOpen: () => open.on };
})();
