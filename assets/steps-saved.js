// What runs inside a saved animation: the same player and the same drawing as on the page, with
// axes of its own. On the page itself it finds nothing to do.
(function () {
  const data = document.getElementById(window.explorerContract.ids.STEPS_SAVED);
  if (!data) {
    return;
  }
  const { trace, overlays } = JSON.parse(data.textContent);
  const run = window.stepsDraw.decode(trace);
  const make = window.stepsPlayer.element;
  const SIDES = Object.keys(window.explorerContract.methods);
  const parts = { toolbar: document.body.appendChild(make("div", "player")) };
  document.body.append(make("p", "steps-note", trace.note));
  const panels = document.body.appendChild(make("main", "saved-panels"));
  const canvases = {};
  SIDES.forEach(card);

  function card(side) {
    const box = panels.appendChild(make("section", "saved-card"));
    const line = make("div", "steps-said");
    const phase = line.appendChild(make("span", "steps-phase"));
    const said = line.appendChild(make("span", ""));
    canvases[side] = make("canvas", "saved-canvas");
    const curve = make("div", "steps-curve");
    const formulas = make("pre", "steps-formulas");
    formulas.hidden = true;
    box.append(make("h2", "", run[side].title), line, canvases[side], curve, formulas);
    parts[side] = { phase, said, curve, formulas };
  }

  // The largest plot area that holds the ranges at the proportions the axes ask for.
  function viewOf(ctx, width, height) {
    const area = { left: 52, top: 8, width: width - 64, height: height - 50 };
    let [x, y] = run.ranges;
    if (run.ratio) {
      const ax = area.width / (x[1] - x[0]);
      const ay = area.height / (y[1] - y[0]) / run.ratio;
      x = ax > ay ? widened(x, ax / ay) : x;
      y = ay > ax ? widened(y, ay / ax) : y;
    }
    return { view: window.stepsDraw.viewOf(run, area, x, y, "system-ui, sans-serif"), x, y };
  }

  const widened = ([low, high], by) => {
    const middle = (low + high) / 2;
    return [middle - ((high - low) / 2) * by, middle + ((high - low) / 2) * by];
  };

  // Ticks that the server wrote, in original values: an axis of logarithms has them.
  function given(axis) {
    const ticks = run.ticks && run.ticks[axis];
    const texts = new Map(ticks);
    return ticks && { values: [...texts.keys()], text: (v) => texts.get(v) };
  }

  function axes(ctx, view, x, y) {
    const [ox, oy] = run.origin;
    ctx.strokeStyle = run.look.grid;
    ctx.fillStyle = run.look.muted;
    ctx.lineWidth = 1;
    ctx.font = "11px system-ui, sans-serif";
    const along = given(0) || window.stepsDraw.ticks(x[0], x[1], 6);
    const up = given(1) || window.stepsDraw.ticks(y[0], y[1], 6);
    ctx.beginPath();
    ctx.textAlign = "center";
    ctx.textBaseline = "top";
    along.values.forEach((v) => {
      const px = view.px(v - ox);
      ctx.moveTo(px, view.top);
      ctx.lineTo(px, view.top + view.height);
      ctx.fillText(along.text(v), px, view.top + view.height + 6);
    });
    ctx.textAlign = "right";
    ctx.textBaseline = "middle";
    up.values.forEach((v) => {
      const py = view.py(v - oy);
      ctx.moveTo(view.left, py);
      ctx.lineTo(view.left + view.width, py);
      ctx.fillText(up.text(v), view.left - 6, py);
    });
    ctx.stroke();
    ctx.textAlign = "center";
    ctx.fillText(run.titles[0], view.left + view.width / 2, view.top + view.height + 32);
    ctx.save();
    ctx.translate(10, view.top + view.height / 2);
    ctx.rotate(-Math.PI / 2);
    ctx.fillText(run.titles[1], 0, 0);
    ctx.restore();
  }

  function draw(side, p, t) {
    const canvas = canvases[side];
    const sharp = Math.min(window.devicePixelRatio || 1, 2);
    const [width, height] = [canvas.clientWidth, canvas.clientHeight];
    canvas.width = Math.round(width * sharp);
    canvas.height = Math.round(height * sharp);
    const ctx = canvas.getContext("2d");
    ctx.setTransform(sharp, 0, 0, sharp, 0, 0);
    const { view, x, y } = viewOf(ctx, width, height);
    axes(ctx, view, x, y);
    window.stepsDraw.side(ctx, run, view, side, p, t, overlays);
  }

  const player = window.stepsPlayer.create({ parts, draw });
  player.load(run, 0);
  document.addEventListener("keydown", player.key);
  window.addEventListener("resize", player.paint);
  player.play(0);
})();
