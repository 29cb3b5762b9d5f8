// The drawing pad: points on a canvas, by mouse, finger or keyboard. A drawing goes to the server
// as a table of its own (columns x, y, and group when there is one) and has a link like any other.
window.dash_clientside = window.dash_clientside || {};
window.dash_clientside.draw = (function () {
  const { ids, drawing, addresses } = window.explorerContract;
  const keep = () => window.dash_clientside.no_update;
  const set = (id, props) => window.dash_clientside.set_props(id, props);
  const say = (text) => set(ids.DRAW_STATUS, { children: text });
  const canvas = () => document.getElementById(ids.DRAW_CANVAS);

  const MOST = drawing.mostPoints;
  const DRAWN = window.explorerContract.tableData.drawn;
  const STEPS_BACK = 200;
  const NEAR = 16; // pixels within which a press means an existing point
  const MARGIN = 26; // pixels around the axes, for their numbers
  const TICK = 33; // milliseconds between two puffs of the brush
  const NUDGE = 0.1;

  let points = []; // [x, y, group]; never changed in place, so that steps back are cheap
  let past = [];
  let future = [];
  let selected = -1;
  let stored = ""; // key of the table these points were stored as or loaded from
  let asked = "";
  const brush = { tool: "point", group: "", radius: 0.8, density: 60 };

  // -- what is drawn ---------------------------------------------------------------------

  function remember() {
    past = [...past.slice(-STEPS_BACK), points];
    future = [];
  }

  function change(next) {
    points = next;
    selected = Math.min(selected, points.length - 1);
    paint();
  }

  function commit(next, text) {
    remember();
    change(next);
    tell(text);
  }

  function tell(text) {
    const groups = count();
    const named = Object.keys(groups).filter(Boolean).sort()
      .map((name) => `${groups[name]} in group ${name}`);
    const full = points.length >= MOST ? ` That is the most a drawing can have.` : "";
    const total = `${points.length} point${points.length === 1 ? "" : "s"}`;
    say([text, `${total}${named.length ? ": " + named.join(", ") : ""}.${full}`].filter(Boolean).join(" "));
    set(ids.DRAW_UNDO, { disabled: past.length === 0 });
    set(ids.DRAW_REDO, { disabled: future.length === 0 });
    set(ids.DRAW_CLEAR, { disabled: points.length === 0 });
    set(ids.DRAW_USE, { disabled: points.length < 2 });
  }

  function count() {
    const groups = {};
    points.forEach(([, , group]) => (groups[group] = (groups[group] || 0) + 1));
    return groups;
  }

  const side = () => drawing.side;
  const inside = (v) => Math.min(side(), Math.max(0, Math.round(v * 1000) / 1000));
  const point = (x, y) => [inside(x), inside(y), brush.group];

  // -- from the page to the plane and back -----------------------------------------------

  function place(event) {
    const box = canvas().getBoundingClientRect();
    const scale = side() / (box.width - 2 * MARGIN);
    return [
      (event.clientX - box.left - MARGIN) * scale,
      side() - (event.clientY - box.top - MARGIN) * scale,
    ];
  }

  function nearest([x, y]) {
    const pixels = (canvas().getBoundingClientRect().width - 2 * MARGIN) / side();
    let best = -1;
    let least = NEAR / pixels;
    points.forEach((p, i) => {
      const distance = Math.hypot(p[0] - x, p[1] - y);
      if (distance <= least) {
        [best, least] = [i, distance];
      }
    });
    return best;
  }

  // -- pointer -----------------------------------------------------------------------------

  let stroke = null; // {at, timer, owed, before}

  function down(event) {
    if (event.button !== 0 || stroke) {
      return;
    }
    event.preventDefault();
    canvas().focus({ preventScroll: true });
    canvas().setPointerCapture(event.pointerId);
    const at = place(event);
    stroke = { at: at, before: points, owed: 1, timer: 0 };
    const start = { point: addPoint, brush: startBrush, move: grab, erase: rub }[brush.tool];
    start(at);
  }

  function addPoint(at) {
    if (points.length < MOST) {
      selected = points.length;
      change([...points, point(...at)]);
    }
  }

  function grab(at) {
    selected = nearest(at);
    paint();
  }

  function startBrush() {
    puff();
    stroke.timer = window.setInterval(puff, TICK);
  }

  function puff() {
    const added = [];
    for (; stroke.owed >= 1 && points.length + added.length < MOST; stroke.owed -= 1) {
      const angle = 2 * Math.PI * Math.random();
      const r = brush.radius * Math.sqrt(Math.random());
      added.push(point(stroke.at[0] + r * Math.cos(angle), stroke.at[1] + r * Math.sin(angle)));
    }
    stroke.owed += (brush.density * TICK) / 1000;
    selected = -1;
    change([...points, ...added]);
  }

  function rub([x, y]) {
    const reach = Math.max(brush.radius / 2, 0.25);
    const left = points.filter((p) => Math.hypot(p[0] - x, p[1] - y) > reach);
    if (left.length < points.length) {
      selected = -1;
      change(left);
    }
  }

  function moved(event) {
    hover = place(event);
    if (stroke) {
      stroke.at = hover;
      if (brush.tool === "erase") {
        rub(hover);
      } else if (brush.tool !== "brush" && selected >= 0) {
        const group = points[selected][2];
        change(points.map((p, i) => (i === selected ? [inside(hover[0]), inside(hover[1]), group] : p)));
      }
    }
    paint();
  }

  function up() {
    if (!stroke) {
      return;
    }
    window.clearInterval(stroke.timer);
    const before = stroke.before;
    stroke = null;
    if (before !== points) {
      const now = points;
      points = before;
      remember();
      change(now);
    }
    tell("");
  }

  // -- keyboard ----------------------------------------------------------------------------

  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

  function pressed(event) {
    const command = event.ctrlKey || event.metaKey;
    const letter = event.key.toLowerCase();
    if (command && (letter === "z" || letter === "y")) {
      (letter === "y" || event.shiftKey ? redo : undo)(1);
    } else if (!command && event.key in ARROWS && selected >= 0) {
      nudge(...ARROWS[event.key]);
    } else if ((event.key === "Delete" || event.key === "Backspace") && selected >= 0) {
      commit(points.filter((_, i) => i !== selected), "Removed.");
    } else if (event.key === "PageUp" || event.key === "PageDown") {
      select(event.key === "PageDown" ? 1 : -1);
    } else {
      return;
    }
    event.preventDefault();
  }

  function nudge(dx, dy) {
    const [x, y, group] = points[selected];
    const there = [inside(x + dx * NUDGE), inside(y + dy * NUDGE), group];
    commit(points.map((p, i) => (i === selected ? there : p)), `Moved to ${there[0]}, ${there[1]}.`);
  }

  function select(step) {
    if (points.length) {
      selected = (selected + step + points.length + (selected < 0 && step < 0 ? 1 : 0)) % points.length;
      const [x, y, group] = points[selected];
      paint();
      tell(`Selected ${x}, ${y}${group ? ` in group ${group}` : ""}.`);
    }
  }

  // -- painting ----------------------------------------------------------------------------

  let hover = null;
  let due = 0;
  function paint() {
    due = due || window.requestAnimationFrame(() => {
      due = 0;
      canvas() && render(canvas());
    });
  }

  function render(box) {
    const width = box.clientWidth;
    const ratio = window.devicePixelRatio || 1;
    if (box.width !== Math.round(width * ratio)) {
      box.width = box.height = Math.round(width * ratio);
    }
    box.parentElement.classList.toggle("empty", points.length === 0);
    const dark = document.documentElement.dataset.mantineColorScheme === "dark";
    const look = JSON.parse(dark ? box.dataset.dark : box.dataset.light);
    const pen = box.getContext("2d");
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, width, width);
    const scale = (width - 2 * MARGIN) / side();
    const px = (x) => MARGIN + x * scale;
    const py = (y) => width - MARGIN - y * scale;
    grid(pen, look, px, py);
    points.forEach(([x, y, group], i) => dot(pen, look, px(x), py(y), group, i === selected));
    if (hover && (brush.tool === "brush" || brush.tool === "erase")) {
      const reach = brush.tool === "brush" ? brush.radius : Math.max(brush.radius / 2, 0.25);
      pen.strokeStyle = look.muted;
      pen.lineWidth = 1;
      pen.beginPath();
      pen.arc(px(hover[0]), py(hover[1]), reach * scale, 0, 2 * Math.PI);
      pen.stroke();
    }
  }

  function grid(pen, look, px, py) {
    pen.lineWidth = 1;
    pen.strokeStyle = look.grid;
    pen.fillStyle = look.muted;
    pen.font = "11px Inter, system-ui, sans-serif";
    for (let v = 0; v <= side(); v += 2) {
      pen.beginPath();
      pen.moveTo(px(v), py(0));
      pen.lineTo(px(v), py(side()));
      pen.moveTo(px(0), py(v));
      pen.lineTo(px(side()), py(v));
      pen.stroke();
      pen.textAlign = "center";
      pen.textBaseline = "top";
      pen.fillText(String(v), px(v), py(0) + 7);
      pen.textAlign = "right";
      pen.textBaseline = "middle";
      pen.fillText(String(v), px(0) - 8, py(v));
    }
  }

  const CORNERS = { B: [4, 0.785], C: [3, -1.571], D: [4, 0], E: [3, 1.571], F: [6, 0] };
  function dot(pen, look, x, y, group, isSelected) {
    const index = drawing.groups.indexOf(group);
    pen.fillStyle = index < 0 ? look.muted : look.palette[index];
    pen.strokeStyle = look.paper;
    pen.lineWidth = 1;
    pen.beginPath();
    outline(pen, x, y, CORNERS[group]);
    pen.fill();
    pen.stroke();
    if (isSelected) {
      pen.strokeStyle = look.ink;
      pen.lineWidth = 2;
      pen.beginPath();
      pen.arc(x, y, 9, 0, 2 * Math.PI);
      pen.stroke();
    }
  }

  // Groups differ by shape, too: a circle, or a polygon of so many corners, turned.
  function outline(pen, x, y, shape) {
    if (!shape) {
      pen.arc(x, y, 4, 0, 2 * Math.PI);
      return;
    }
    for (let i = 0; i < shape[0]; i += 1) {
      const angle = shape[1] + (2 * Math.PI * i) / shape[0];
      pen.lineTo(x + 5.2 * Math.cos(angle), y + 5.2 * Math.sin(angle));
    }
    pen.closePath();
  }

  // -- the dialog --------------------------------------------------------------------------

  // Opens the pad with the drawing of this page, or with what was drawn before.
  function open(clicks, state) {
    if (!clicks) {
      return keep();
    }
    if (state && state.data === DRAWN && state.table && state.table !== stored) {
      asked = state.table;
      set(ids.DRAW_WANTED, { data: asked });
    }
    attach(0);
    return true;
  }

  function attach(tries) {
    const box = canvas();
    if (!box || !box.clientWidth) {
      tries < 200 && window.requestAnimationFrame(() => attach(tries + 1));
      return;
    }
    if (!box.dataset.ready) {
      box.dataset.ready = "yes";
      box.addEventListener("pointerdown", down);
      box.addEventListener("pointermove", moved);
      box.addEventListener("pointerup", up);
      box.addEventListener("pointercancel", up);
      box.addEventListener("pointerleave", () => {
        hover = null;
        paint();
      });
      box.addEventListener("keydown", pressed);
      new ResizeObserver(paint).observe(box);
    }
    paint();
    tell("");
  }

  function loaded(sent) {
    if (!sent || sent.key !== asked) {
      return keep();
    }
    if (sent.problem) {
      tell(sent.problem);
      return keep();
    }
    stored = sent.key;
    selected = -1;
    const { groups } = drawing;
    commit(sent.points.map(([x, y, g]) => [inside(x), inside(y), groups.includes(g) ? g : ""]), "");
    return keep();
  }

  function choose(tool, group, radius, density) {
    Object.assign(brush, { tool: tool, group: group || "", radius: radius, density: density });
    paint();
    const className = { brush: "draw-brush", erase: "draw-brush size-only" }[tool];
    return className || "absent";
  }

  function undo(clicks) {
    if (clicks && past.length) {
      future = [points, ...future];
      const before = past[past.length - 1];
      past = past.slice(0, -1);
      change(before);
      tell("Undone.");
    }
    return keep();
  }

  function redo(clicks) {
    if (clicks && future.length) {
      past = [...past, points];
      const next = future[0];
      future = future.slice(1);
      change(next);
      tell("Done again.");
    }
    return keep();
  }

  function clear(clicks) {
    if (clicks && points.length) {
      selected = -1;
      commit([], "Cleared; Undo brings the points back.");
    }
    return keep();
  }

  function add(clicks, x, y) {
    if (!clicks) {
      return keep();
    }
    if (![x, y].every((v) => typeof v === "number" && v >= 0 && v <= side())) {
      tell(`Give two numbers from 0 to ${side()}.`);
    } else if (points.length < MOST) {
      selected = points.length;
      commit([...points, point(x, y)], "Added.");
    }
    return keep();
  }

  // The drawing goes to the server, and becomes the data of the page.
  function use(clicks) {
    if (!clicks || points.length < 2) {
      return keep();
    }
    const grouped = points.some(([, , group]) => group);
    const rows = points.map(([x, y, group]) =>
      [x.toFixed(3), y.toFixed(3), ...(grouped ? [group || drawing.noGroup] : [])].join(","));
    const head = [...drawing.columns, ...(grouped ? [drawing.groupColumn] : [])];
    const text = [head.join(","), ...rows].join("\n") + "\n";
    const query = `?${addresses.kind}=${DRAWN}&${addresses.options}=` +
      encodeURIComponent(JSON.stringify(drawing.written));
    const upload = window.dash_clientside.upload;
    upload.post(new Blob([text]), query, say, (said) => {
      if (!said.key) {
        tell(said.message);
        return;
      }
      stored = said.key;
      set(ids.DRAW_DIALOG, { opened: false });
      window.dash_clientside.explorer.refocus(ids.DRAW);
      const chosen = { kind: DRAWN, cols: [...drawing.columns], label: grouped ? drawing.groupColumn : null };
      set(ids.UPLOADED, { data: { ...chosen, key: said.key, columns: said.columns, time: Date.now() } });
    });
    return keep();
  }

  function cancel(clicks) {
    if (clicks) {
      set(ids.DRAW_DIALOG, { opened: false });
    }
    return keep();
  }

  return { open, loaded, choose, undo, redo, clear, add, use, cancel };
})();
