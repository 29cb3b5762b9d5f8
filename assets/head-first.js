// What is seen first: draws the axes of the plots that came with the page, where plotly.js will
// draw them, and takes all of it away when the page's own plots are there.
(function () {
  const first = document.getElementById("first");
  const MARGIN = 8; // pixels around a plot, as in figures/frame.py
  const LONGEST = 20000; // milliseconds after which the page shows whatever it has
  const SVG = "http://www.w3.org/2000/svg";

  // plotly.js' own rule: so many ticks, at a distance of 1, 2 or 5 times a power of ten.
  function ticksOf(axis, [low, high], length, apart) {
    if (axis.ticks) {
      return axis.ticks.filter(([at]) => at >= low && at <= high);
    }
    const rough = (high - low) / (Math.min(9, Math.max(4, length / apart)) + 1);
    const power = Math.floor(Math.log10(rough));
    const step = [1, 2, 5, 10].find((m) => m * 10 ** power >= rough * 0.999999) * 10 ** power;
    const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
    const ticks = [];
    for (let i = Math.ceil(low / step); i * step <= high; i++) {
      ticks.push([i * step, (i * step).toFixed(digits).replace(/^-/, "−")]);
    }
    return ticks;
  }

  function add(parent, tag, attributes, text) {
    const node = parent.appendChild(document.createElementNS(SVG, tag));
    Object.entries(attributes).forEach(([name, value]) => node.setAttribute(name, value));
    if (text !== undefined) {
      node.textContent = text; // never markup
    }
    return node;
  }

  function widest(svg, ticks) {
    const texts = ticks.map(([, text]) => add(svg, "text", { class: "tick" }, text));
    const width = Math.max(0, ...texts.map((text) => text.getBoundingClientRect().width));
    texts.forEach((text) => text.remove());
    return width;
  }

  // Titles come as plotly.js reads them, with the characters of markup escaped.
  const plain = (title) => title.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");

  function drawAxes(plot) {
    const axes = JSON.parse(plot.dataset.axes);
    plot.querySelector(".first-axes")?.remove();
    if (!axes.x) {
      return;
    }
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("class", "first-axes");
    plot.prepend(svg);
    const { width, height } = plot.getBoundingClientRect();
    const size = parseFloat(getComputedStyle(first).getPropertyValue("--plot-text")) || 11;
    const bottom = Math.round(24 + 2 * size);
    const tall = height - MARGIN - bottom;
    const title = Math.max(12, size);
    // plotly.js fits the ranges to the plot without labels first, then to what these leave of it.
    const bare = ranges(axes, axes.x.range, axes.y.range, width - 2 * MARGIN, height - 2 * MARGIN);
    let left = 4 * size;
    let x, y;
    for (let round = 0; round < 2; round++) {
      const wide = width - left - MARGIN;
      [x, y] = ranges(axes, bare[0].range, bare[1].range, wide, tall);
      y.ticks = ticksOf(axes.y, y.range, tall, 40);
      x.ticks = ticksOf(axes.x, x.range, wide, 80);
      left = Math.round(widest(svg, y.ticks) + 22.6 + 0.823 * size);
    }
    const right = width - MARGIN;
    const across = (at) => left + ((at - x.range[0]) / (x.range[1] - x.range[0])) * (right - left);
    const up = (at) => MARGIN + ((y.range[1] - at) / (y.range[1] - y.range[0])) * tall;
    const foot = MARGIN + tall;
    for (const [at, text] of x.ticks) {
      add(svg, "line", { x1: across(at), x2: across(at), y1: MARGIN, y2: foot + 4 });
      add(svg, "text", { class: "tick", x: across(at), y: foot + 7 + size, "text-anchor": "middle" }, text);
    }
    for (const [at, text] of y.ticks) {
      add(svg, "line", { x1: left - 4, x2: right, y1: up(at), y2: up(at) });
      add(svg, "text", { class: "tick", x: left - 7, y: up(at) + 0.36 * size, "text-anchor": "end" }, text);
    }
    add(svg, "text", { x: (left + right) / 2, y: height - 9, "text-anchor": "middle" }, plain(axes.x.title));
    const middle = `translate(${1 + 0.97 * title}, ${MARGIN + tall / 2}) rotate(-90)`;
    add(svg, "text", { transform: middle, "text-anchor": "middle" }, plain(axes.y.title));
    const area = plot.querySelector(".first-area");
    area.style.inset = `${MARGIN}px ${MARGIN}px ${bottom}px ${left}px`;
    show(area.querySelector("svg"), axes, x.range, y.range);
    const over = area.appendChild(document.createElementNS(SVG, "svg"));
    over.setAttribute("class", "first-axes");
    for (const [atX, atY, text] of axes.marks) {
      add(over, "text", { class: "mark", x: across(atX) - left, y: up(atY) - MARGIN + 4, "text-anchor": "middle" }, text);
    }
  }

  // The picture was made for the ranges asked for; of that, what the axes show.
  function show(picture, { x, y }, [left, right], [foot, head]) {
    const { width, height } = picture.viewBox.baseVal;
    const across = width / (x.range[1] - x.range[0]);
    const up = height / (y.range[1] - y.range[0]);
    const box = [(left - x.range[0]) * across, (y.range[1] - head) * up, (right - left) * across, (head - foot) * up];
    picture.setAttribute("viewBox", box.join(" "));
    picture.setAttribute("preserveAspectRatio", "none");
  }

  // Where both axes have one scale, one of them shows more than it asked for.
  function ranges({ ratio }, across, up, wide, tall) {
    if (!ratio) {
      return [{ range: across }, { range: up }];
    }
    const span = ([low, high]) => high - low;
    const stretch = (range, length) => {
      const more = (length - span(range)) / 2;
      return { range: [range[0] - more, range[1] + more] };
    };
    const pixel = Math.max(span(across) / wide, (span(up) * ratio) / tall);
    return [stretch(across, pixel * wide), stretch(up, (pixel * tall) / ratio)];
  }

  const whole = first.dataset.whole === "1";
  first.querySelectorAll(".first-plot").forEach(drawAxes);
  document.body.classList.toggle("first-whole", whole);

  let since = 0;
  function look() {
    const main = document.getElementById("main");
    since = since || (main ? performance.now() : 0);
    if (main ? !whole || drawn(main) : document.querySelector("._dash-error")) {
      leave();
    } else if (first.isConnected) {
      window.requestAnimationFrame(look);
    }
  }

  // The plots are there, or something must be said instead of them.
  function drawn(main) {
    const error = document.getElementById("error");
    const boxes = [...main.querySelectorAll(".plot-box")].filter((box) => box.offsetParent);
    const done = (box) => box.querySelector(".scatterlayer .trace, .gl-canvas");
    return error?.offsetParent || performance.now() - since > LONGEST || (boxes.length && boxes.every(done));
  }

  function leave() {
    first.remove();
    document.body.classList.remove("first-whole");
    ["pointerdown", "keydown"].forEach((kind) => window.removeEventListener(kind, interrupt));
  }

  // Whoever does something wants to see what the page makes of it.
  function interrupt() {
    document.getElementById("main") && leave();
  }
  ["pointerdown", "keydown"].forEach((kind) => window.addEventListener(kind, interrupt));
  look();
})();
