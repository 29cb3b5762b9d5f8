// The card of the point under the mouse: where it is, and whose it is at this very step.
window.stepsHover = (function () {
  const REACH = 9;
  const make = (...args) => window.stepsPlayer.element(...args);
  let card = null;

  function hide() {
    if (card) {
      card.style.display = "none";
    }
  }

  // `tools` as in steps.js; called for every movement of the mouse over one plot.
  function show(page, side, event, tools) {
    const view = tools.viewOf(side);
    const edge = tools.plotBox(side).getBoundingClientRect();
    const i = view && event.buttons === 0 ? nearest(page.run, view, event.clientX - edge.left, event.clientY - edge.top) : null;
    if (i === null) {
      return hide();
    }
    card = card || document.body.appendChild(make("div", "point-card steps-card"));
    card.replaceChildren(...lines(page, side, i));
    card.style.display = "block";
    const size = card.getBoundingClientRect();
    const left = event.clientX + 16 + size.width > innerWidth ? event.clientX - size.width - 16 : event.clientX + 16;
    card.style.left = Math.max(4, left) + "px";
    card.style.top = Math.max(4, Math.min(innerHeight - size.height - 4, event.clientY + 12)) + "px";
    return undefined;
  }

  function nearest(run, view, px, py) {
    let best = REACH;
    let found = null;
    if (px < view.left || px > view.left + view.width || py < view.top || py > view.top + view.height) {
      return found;
    }
    for (let i = 0; i < run.n; i++) {
      const away = Math.hypot(view.px(run.points[2 * i]) - px, view.py(run.points[2 * i + 1]) - py);
      if (away < best) {
        [best, found] = [away, i];
      }
    }
    return found;
  }

  function lines(page, side, i) {
    const { run } = page;
    const out = [make("div", "card-title", "Point " + (run.rows[i] + 1))];
    [0, 1].forEach((axis) => {
      const line = make("div", "card-pair");
      const value = run.points[2 * i + axis] + run.origin[axis];
      line.append(make("span", "card-name", run.titles[axis]), make("span", "card-value", String(Number(value.toPrecision(5))).replace(/^-/, "\u2212")));
      out.push(line);
    });
    const h = Math.min(page.player.state.places[side] - run.lead, run[side].last);
    const { dealt } = window.stepsDraw.moment(side, Math.max(h, 0));
    if (h < 0 || dealt < 0) {
      return [...out, make("div", "card-title", "belongs to nobody yet")];
    }
    const at = dealt * run.n + i;
    if (side === "kmeans") {
      return [...out, make("div", "card-title", "Cluster"), bar(run, run.kmeans.labels[at], 1)];
    }
    const share = run.gmm.share[at] / 255;
    out.push(make("div", "card-title", "Responsibilities"), bar(run, run.gmm.first[at], share));
    if (share < 1) {
      out.push(bar(run, run.gmm.second[at], run.k === 2 ? 1 - share : null));
    }
    return out;
  }

  function bar(run, j, share) {
    const line = make("div", "card-bar");
    const track = make("span", "card-track");
    const fill = make("span", "card-fill");
    fill.style.width = 100 * (share === null ? 0 : share) + "%";
    fill.style.background = run.colours[j];
    track.append(fill);
    const text = share === null ? "next" : Math.round(100 * share) + " %";
    line.append(make("span", "card-number", j + 1), track, make("span", "card-share", text));
    return line;
  }

  return { show, hide };
})();
