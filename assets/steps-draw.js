// One frame of one side of the player, on a canvas. Everything here is a function of the run
// (typed arrays from the server), a moment in it, and the map from plot to pixels; it knows
// neither Dash nor Plotly, so a saved animation carries this file as it is.
//
// A canvas, and not traces: recolouring 2,000 points as traces takes 40 ms a plot, here 3 ms.
window.stepsDraw = (function () {
  const bytes = (spec) => Uint8Array.from(atob(spec.bdata), (c) => c.charCodeAt(0));
  const floats = (spec) => new Float32Array(bytes(spec).buffer);
  const TAU = 2 * Math.PI;

  // Returns the answer of the server with its arrays unpacked; see figures/steps.py.
  function decode(trace) {
    const { kmeans, gmm } = trace;
    return {
      ...trace,
      points: floats(trace.points),
      rows: new Int32Array(bytes(trace.rows).buffer),
      start: floats(trace.start),
      seeding: trace.seeding && bytes(trace.seeding),
      version: 0, // rises when points are edited
      lead: trace.seeding ? trace.k : 0,
      rgb: trace.colours.map(channels),
      grey: channels(trace.look.muted),
      kmeans: { ...kmeans, centers: floats(kmeans.centers), labels: bytes(kmeans.labels) },
      gmm: {
        ...gmm,
        weights: floats(gmm.weights),
        means: floats(gmm.means),
        covariances: floats(gmm.covariances),
        first: bytes(gmm.first),
        second: bytes(gmm.second),
        share: bytes(gmm.share),
      },
    };
  }

  const channels = (hex) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));
  const faded = (rgb, alpha) => `rgba(${rgb[0]},${rgb[1]},${rgb[2]},${alpha})`;
  const mix = (a, b, t) => a + (b - a) * t;
  const ease = (t) => (t <= 0 ? 0 : t >= 1 ? 1 : t * t * (3 - 2 * t));

  // Half step -> which assignment colours the points, which frame holds the parameters, and
  // which ones they come from while the step is under way. -1 means none yet, or the start.
  function moment(side, h) {
    const odd = h % 2 === 1;
    if (side === "kmeans") {
      const i = h >> 1;
      return { odd, dealt: odd ? i : i - 1, dealtBefore: i - 1, frame: i, frameBefore: odd ? i : i - 1 };
    }
    const e = odd ? (h - 1) / 2 : h / 2 - 1;
    return { odd, dealt: e, dealtBefore: odd ? e - 1 : e, frame: odd ? e - 1 : e, frameBefore: e - 1 };
  }

  // The colour and certainty of one point after one assignment, written into `out`.
  function dealtColour(run, side, dealt, point, out) {
    if (dealt < 0) {
      out[0] = run.grey[0];
      out[1] = run.grey[1];
      out[2] = run.grey[2];
      out[3] = 0.8; // the size of a point of which nothing is known yet
      return;
    }
    const at = dealt * run.n + point;
    if (side === "kmeans") {
      const own = run.rgb[run.kmeans.labels[at]];
      out[0] = own[0];
      out[1] = own[1];
      out[2] = own[2];
      out[3] = 1;
      return;
    }
    const share = run.gmm.share[at] / 255;
    const own = run.rgb[run.gmm.first[at]];
    const other = run.rgb[run.gmm.second[at]];
    for (let c = 0; c < 3; c++) {
      out[c] = mix(other[c], own[c], share);
    }
    out[3] = share;
  }

  // While only parameters move the points stand still: they are drawn once and then copied.
  const layers = {};
  function drawPoints(ctx, run, view, side, at, t, options) {
    if (t < 1 && at.dealt !== at.dealtBefore) {
      paintPoints(ctx, run, view, side, at, t, options);
      return;
    }
    const size = [ctx.canvas.width, ctx.canvas.height];
    if (!size[0] || !size[1]) {
      return; // a plot folded away has nothing to copy
    }
    const key = [run.version, at.dealt, ...size, view.px(0), view.py(0), view.ax, view.ay, options.size, options.plain].join();
    const layer = (layers[side] = layers[side] || { canvas: document.createElement("canvas") });
    if (layer.key !== key || layer.run !== run) {
      Object.assign(layer, { key, run });
      [layer.canvas.width, layer.canvas.height] = size; // this also wipes it
      const pen = layer.canvas.getContext("2d");
      pen.setTransform(ctx.getTransform());
      paintPoints(pen, run, view, side, at, 1, options);
    }
    ctx.save();
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.drawImage(layer.canvas, 0, 0);
    ctx.restore();
  }

  function paintPoints(ctx, run, view, side, at, t, options) {
    const largest = options.pointSize || (run.n <= 1000 ? 9 : 9 * Math.max(0.35, Math.pow(1000 / run.n, 0.25)));
    const sized = options.size && side === "gmm";
    const a = [0, 0, 0, 1];
    const b = [0, 0, 0, 1];
    const blending = t < 1 && at.dealt !== at.dealtBefore;
    ctx.lineWidth = 0.6;
    ctx.strokeStyle = run.look.paper;
    for (let i = 0; i < run.n; i++) {
      dealtColour(run, side, at.dealt, i, b);
      if (blending) {
        dealtColour(run, side, at.dealtBefore, i, a);
        for (let c = 0; c < 4; c++) {
          b[c] = mix(a[c], b[c], t);
        }
      }
      const size = sized ? Math.max(1.5, largest * b[3]) : 0.8 * largest;
      ctx.fillStyle = options.plain ? run.look.muted : `rgba(${b[0] | 0},${b[1] | 0},${b[2] | 0},0.85)`;
      ctx.beginPath();
      ctx.arc(view.px(run.points[2 * i]), view.py(run.points[2 * i + 1]), size / 2, 0, TAU);
      ctx.fill();
      if (size > 4 && run.n <= 1000) {
        ctx.stroke();
      }
    }
  }

  // While k-means++ chooses: the larger a point, the likelier it was to be drawn.
  function drawOdds(ctx, run, view, chosen) {
    ctx.fillStyle = faded(run.grey, 0.6);
    for (let i = 0; i < run.n; i++) {
      const odds = run.seeding[chosen * run.n + i] / 255;
      ctx.beginPath();
      ctx.arc(view.px(run.points[2 * i]), view.py(run.points[2 * i + 1]), 1 + 5.5 * Math.sqrt(odds) * (chosen ? 1 : 0.5), 0, TAU);
      ctx.fill();
    }
  }

  // The part of the plot nearest to centre `own`: the plot cut by the line halfway to each other.
  function cell(run, view, centers, own) {
    const [mxx, mxy, myy] = run.metric;
    let corners = view.corners();
    const dot = (ax, ay, bx, by) => ax * (mxx * bx + mxy * by) + ay * (mxy * bx + myy * by);
    const x = centers[2 * own];
    const y = centers[2 * own + 1];
    for (let j = 0; j < run.k && corners.length; j++) {
      const dx = centers[2 * j] - x;
      const dy = centers[2 * j + 1] - y;
      if (j === own || (dx === 0 && dy === 0)) {
        continue;
      }
      const middle = dot(dx, dy, x + dx / 2, y + dy / 2);
      corners = clip(corners, (p) => dot(dx, dy, p[0], p[1]) - middle);
    }
    return corners;
  }

  function clip(corners, outside) {
    const kept = [];
    corners.forEach((p, i) => {
      const q = corners[(i + 1) % corners.length];
      const a = outside(p);
      const b = outside(q);
      if (a <= 0) {
        kept.push(p);
      }
      if ((a < 0 && b > 0) || (a > 0 && b < 0)) {
        kept.push([mix(p[0], q[0], a / (a - b)), mix(p[1], q[1], a / (a - b))]);
      }
    });
    return kept;
  }

  function drawRegions(ctx, run, view, centers, strength) {
    if (!run.metric || strength <= 0) {
      return;
    }
    for (let j = 0; j < run.k; j++) {
      const corners = cell(run, view, centers, j);
      if (corners.length < 3) {
        continue;
      }
      ctx.beginPath();
      corners.forEach(([x, y]) => ctx.lineTo(view.px(x), view.py(y)));
      ctx.closePath();
      ctx.fillStyle = faded(run.rgb[j], 0.16 * strength);
      ctx.fill();
      ctx.strokeStyle = faded(run.grey, 0.35 * strength);
      ctx.lineWidth = 1;
      ctx.stroke();
    }
  }

  function drawEllipses(ctx, run, view, frame, before, t) {
    const { covariances, weights } = run.gmm;
    let heaviest = 0;
    for (let j = 0; j < run.k; j++) {
      heaviest = Math.max(heaviest, weights[frame * run.k + j]);
    }
    for (let j = 0; j < run.k; j++) {
      const at = (frame * run.k + j) * 3;
      const was = (before * run.k + j) * 3;
      const part = (c) => mix(before < 0 ? 0 : covariances[was + c], covariances[at + c], t);
      const [x, y] = centre(run, "gmm", frame, before, t, j);
      const weight = weights[frame * run.k + j] / heaviest;
      for (const sigma of [2, 1]) {
        outline(ctx, view, x, y, [part(0), part(1), part(2)], sigma);
        ctx.fillStyle = faded(run.rgb[j], 0.05 + 0.09 * weight);
        ctx.fill();
        ctx.strokeStyle = faded(run.rgb[j], 0.35 + 0.6 * weight);
        ctx.lineWidth = 1.6;
        ctx.stroke();
      }
    }
  }

  // The path of an ellipse given by a covariance, which is stretched as the axes are.
  function outline(ctx, view, x, y, [sxx, sxy, syy], sigma) {
    const a = sxx * view.ax * view.ax;
    const b = -sxy * view.ax * view.ay;
    const c = syy * view.ay * view.ay;
    const half = Math.hypot((a - c) / 2, b);
    const large = Math.max((a + c) / 2 + half, 0);
    const small = Math.max((a + c) / 2 - half, 0);
    ctx.beginPath();
    ctx.ellipse(view.px(x), view.py(y), sigma * Math.sqrt(large), sigma * Math.sqrt(small), 0.5 * Math.atan2(2 * b, a - c), 0, TAU);
  }

  // Where a centre is while it moves from one frame to another; -1 is the start.
  function centre(run, side, frame, before, t, j) {
    const places = side === "kmeans" ? run.kmeans.centers : run.gmm.means;
    const first = run[side].order[j]; // numbers are those of the end: this one starts there
    const at = (f, c) => (f < 0 ? run.start[2 * first + c] : places[(f * run.k + j) * 2 + c]);
    return [mix(at(before, 0), at(frame, 0), t), mix(at(before, 1), at(frame, 1), t)];
  }

  function drawTrails(ctx, run, view, side, at, t) {
    ctx.setLineDash([2, 3]);
    ctx.lineWidth = 1.6;
    for (let j = 0; j < run.k; j++) {
      const path = [];
      for (let f = side === "kmeans" ? 0 : -1; f < at.frame; f++) {
        path.push(centre(run, side, f, f, 1, j));
      }
      path.push(centre(run, side, at.frame, at.frameBefore, t, j));
      ctx.strokeStyle = faded(channels(run.look.ink), 0.75);
      ctx.beginPath();
      path.forEach(([x, y]) => ctx.lineTo(view.px(x), view.py(y)));
      ctx.stroke();
    }
    ctx.setLineDash([]);
  }

  // While a start is chosen its centres go by the order of choosing, and have no colours yet.
  function drawChosen(ctx, run, view, only, ring) {
    const place = (j) => [run.start[2 * j], run.start[2 * j + 1]];
    drawCentres(ctx, run, view, place, Array(run.k).fill(run.look.muted), only, ring);
  }

  function drawCentres(ctx, run, view, place, colours = run.colours, only = run.k, ring = -1) {
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.font = `700 11px ${view.font}`;
    for (let j = 0; j < only; j++) {
      const [x, y] = place(j);
      const px = view.px(x);
      const py = view.py(y);
      if (j === ring) {
        ctx.beginPath();
        ctx.arc(px, py, 16, 0, TAU);
        ctx.strokeStyle = run.look.ink;
        ctx.lineWidth = 2;
        ctx.stroke();
      }
      ctx.beginPath();
      ctx.arc(px, py, 9.5, 0, TAU);
      ctx.fillStyle = run.look.paper;
      ctx.fill();
      ctx.strokeStyle = colours[j];
      ctx.lineWidth = 2.4;
      ctx.stroke();
      ctx.fillStyle = run.look.ink;
      ctx.fillText(String(j + 1), px, py + 0.5);
    }
  }

  // Draws one side at place `p` of the time line, `t` of the way into that half step.
  function side(ctx, run, view, name, p, t, options) {
    ctx.save();
    ctx.beginPath();
    ctx.rect(view.left, view.top, view.width, view.height);
    ctx.clip();
    if (p < run.lead) {
      drawOdds(ctx, run, view, p);
      drawChosen(ctx, run, view, p + 1, p);
    } else {
      halfStep(ctx, run, view, name, Math.min(p - run.lead, run[name].last), ease(t), options);
    }
    ctx.restore();
  }

  function halfStep(ctx, run, view, name, h, t, options) {
    const at = moment(name, h);
    if (name === "kmeans" && at.dealt >= 0) {
      const centers = (i) => run.kmeans.centers.subarray(i * run.k * 2, (i + 1) * run.k * 2);
      const turning = at.odd && t < 1;
      if (turning && at.dealtBefore >= 0) {
        drawRegions(ctx, run, view, centers(at.dealtBefore), 1 - t);
      }
      drawRegions(ctx, run, view, centers(at.dealt), turning ? t : 1);
    }
    if (name === "gmm" && at.frame >= 0 && options.ellipses) {
      drawEllipses(ctx, run, view, at.frame, at.frameBefore, t);
    }
    drawPoints(ctx, run, view, name, at, t, options);
    drawTrails(ctx, run, view, name, at, t);
    if (options.placing && h === 0) {
      drawChosen(ctx, run, view);
    } else if (options.centers) {
      drawCentres(ctx, run, view, (j) => centre(run, name, at.frame, at.frameBefore, t, j));
    }
  }

  // The map from plot (less the origin) to pixels, for a plot area and the values at its edges.
  function viewOf(run, area, x, y, font) {
    const ax = area.width / (x[1] - x[0]);
    const ay = area.height / (y[1] - y[0]);
    const [ox, oy] = run.origin;
    return {
      ...area, ax, ay, font,
      px: (v) => area.left + (v - (x[0] - ox)) * ax,
      py: (v) => area.top + area.height - (v - (y[0] - oy)) * ay,
      plotX: (px) => x[0] + (px - area.left) / ax,
      plotY: (py) => y[0] + (area.top + area.height - py) / ay,
      corners: () => [[x[0] - ox, y[0] - oy], [x[1] - ox, y[0] - oy], [x[1] - ox, y[1] - oy], [x[0] - ox, y[1] - oy]],
    };
  }

  // Round numbers between two values, about `count` of them.
  function ticks(low, high, count) {
    const rough = (high - low) / Math.max(count, 1);
    const power = Math.pow(10, Math.floor(Math.log10(rough)));
    const step = power * ([1, 2, 5].find((m) => m * power >= rough) || 10);
    const found = [];
    for (let v = Math.ceil(low / step) * step; v <= high + step * 1e-9; v += step) {
      found.push(Math.abs(v) < step * 1e-9 ? 0 : v);
    }
    return { values: found, text: (v) => written(v, step) };
  }

  function written(value, step) {
    const size = Math.abs(value);
    if (size >= 1e6 || (size > 0 && size < 1e-4)) {
      return value.toExponential(1).replace("-", "\u2212");
    }
    const digits = Math.max(0, Math.min(8, -Math.floor(Math.log10(step) + 1e-9)));
    return value.toFixed(digits).replace("-", "\u2212");
  }

  return { decode, side, viewOf, ticks, moment, centre };
})();
