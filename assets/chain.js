// Long work as a chain of short requests: asks for the next piece when one has arrived, so that
// results grow, can be stopped, and survive a lost connection. Nothing is kept on the server:
// a piece follows from the settings and its number alone.
window.dash_clientside = window.dash_clientside || {};
window.dash_clientside.chain = (function () {
  const { ids } = window.explorerContract;
  const AT_ONCE = 2; // pieces under way: the server often has two processors, and never idles between pieces
  const HEAD_START_MS = 80; // of the first piece before the second
  const UNDER_WAY = ["running", "retrying"];
  const HEADERS = { "Content-Type": "application/json", Accept: "application/json" };
  const KEPT = 8; // finished or broken-off jobs of a view that are remembered
  const PUBLISH_MS = 400; // between two drawings of a job that grows quickly
  const SETTLE_MS = 150; // for the last drawing, before what follows from the whole is asked for
  const PRIOR_S = 0.5; // how long the estimate is believed more than the clock
  const current = {}; // view -> the job on the page
  const kept = {}; // view -> Map of token -> job
  const none = () => window.dash_clientside.no_update;
  const set = (name, part, props) => window.dash_clientside.set_props(ids.chain(name, part), props);
  const frameOf = (name) => document.getElementById(JSON.stringify(ids.chain(name, "frame")));

  // The view asks for something: go on with the same work, or begin other work.
  function begin(request, config) {
    if (!request) {
      return none();
    }
    const { name, work: keys, alike } = config;
    const plain = (key) => (alike[key]?.includes(request[key]) ? alike[key][0] : request[key]);
    const work = Object.fromEntries(keys.map((key) => [key, plain(key)]));
    const token = JSON.stringify(work);
    const before = current[name];
    if (before && before.token !== token && UNDER_WAY.includes(before.status)) {
      before.status = "paused";
    }
    const job = (current[name] = before?.token === token ? before : recall(name, token) || fresh(name, token, work));
    job.request = request;
    if (job.done || job.status === "waiting") {
      publish(job, true);
    } else {
      const stays = ["stopped", "lost", "refused"].includes(job.status); // until a person decides
      window.dash_clientside.set_props(ids.stage(name), { className: stays ? "stage stale" : "stage busy" });
    }
    if (job.status === "new" || job.status === "paused") {
      goOn(job);
    }
    report(job);
    return none();
  }

  // `todo`: numbers of the pieces to ask for, as far as they are known; `parts`: the rows of those
  // that have arrived, without the rows that only compete; `rivals`: of those what may still win.
  // A piece is in neither `todo` nor `parts` only while it is under way.
  function fresh(name, token, work) {
    return {
      name, token, work, status: "new", todo: firstPieces(), asked: 0, planned: false, parts: [], rivals: {}, pieces: null, notes: [],
      done: 0, attempt: 0, go: false, clock: 0, spent: 0, estimate: 0, published: 0,
    };
  }

  // Before the first answer nobody knows how many there are: one too many is answered by nothing.
  const firstPieces = () => Array.from({ length: AT_ONCE }, (_, piece) => piece);

  function recall(name, token) {
    kept[name] = kept[name] || new Map();
    return kept[name].get(token);
  }

  function remember(job) {
    const jobs = kept[job.name];
    jobs.delete(job.token);
    jobs.set(job.token, job);
    if (jobs.size > KEPT) {
      jobs.delete(jobs.keys().next().value);
    }
  }

  function goOn(job) {
    job.status = "running";
    fill(job, job.planned ? AT_ONCE : 1);
    if (!job.planned) { // the first piece is short, and alone it is shorter
      window.setTimeout(() => job.status === "running" && fill(job, AT_ONCE), HEAD_START_MS);
    }
  }

  function fill(job, most) {
    while (job.asked < most && job.todo.length) {
      lap(job);
      job.asked += 1;
      ask(job, job.todo.shift());
    }
  }

  // Counts the time in which something was under way.
  function lap(job) {
    const now = performance.now();
    job.spent += job.asked ? now - job.clock : 0;
    job.clock = now;
  }

  // One piece, as Dash would ask for it, but without its round through all components of the page,
  // which takes longer than many a piece.
  async function ask(job, piece) {
    const { url, body } = requestFor(job, piece);
    let [status, reply, told] = [0, null, null];
    try {
      const answer = await window.fetch(url, { method: "POST", credentials: "same-origin", headers: HEADERS, body: body });
      status = answer.status;
      reply = answer.ok ? await answer.json() : null;
      told = answer.ok ? null : window.explorerResilience.busy(
        await answer.json().catch(() => null), answer.headers.get("Retry-After"));
    } catch (lost) {
      status = 0; // no connection, or half an answer
    }
    lap(job);
    job.asked -= 1;
    if (job.status === "done") {
      return; // a piece beyond the last one, asked for before their number was known
    }
    if (reply) {
      take(job, piece, reply);
    } else if (!status || window.explorerResilience.mayPass(status)) {
      again(job, piece, told);
    } else {
      refuse(job, piece, window.explorerResilience.sentence(status));
    }
    report(job);
  }

  function putBack(job, piece) {
    const needed = !job.planned || piece < job.pieces.seconds.length;
    if (needed && !job.parts[piece] && !job.todo.includes(piece)) {
      job.todo.unshift(piece);
    }
  }

  function requestFor(job, piece) {
    const [from, to] = [ids.chain(job.name, "ask"), ids.chain(job.name, "answer")];
    const value = { token: job.token, work: job.work, piece: piece, go: job.go };
    const body = {
      output: JSON.stringify(to) + ".data",
      outputs: { id: to, property: "data" },
      inputs: [{ id: from, property: "data", value: value }],
      changedPropIds: [JSON.stringify(from) + ".data"],
    };
    const { requests_pathname_prefix: prefix } = JSON.parse(document.getElementById("_dash-config").textContent);
    return { url: prefix + "_dash-update-component", body: JSON.stringify(body) };
  }

  // Something has arrived: a piece, the question whether to begin at all, or an error.
  function take(job, piece, reply) {
    const answer = reply.response?.[JSON.stringify(ids.chain(job.name, "answer"))]?.data;
    if (current[job.name] === job) { // what other settings led to is no matter of this page
      for (const [place, props] of Object.entries(reply.sideUpdate || {})) {
        window.dash_clientside.set_props(place.startsWith("{") ? JSON.parse(place) : place, props);
      }
    }
    job.attempt = 0;
    if (!answer || answer.error) {
      return refuse(job, piece, answer?.error);
    }
    job.notes = answer.notes;
    if (answer.wait) {
      return wait(job, piece, answer);
    }
    add(job, piece, answer);
    const finished = job.status === "done";
    if (job.status === "running") {
      goOn(job); // first, so that the server works while the browser draws
    }
    publish(job, finished || !UNDER_WAY.includes(job.status));
  }

  // Long work is begun by a person. The answer may be to a request sent before that.
  function wait(job, piece, answer) {
    putBack(job, piece);
    job.pieces = answer.pieces;
    job.wait = answer.wait;
    if (job.status === "running" && job.go) {
      goOn(job);
    } else if (UNDER_WAY.includes(job.status)) {
      job.status = "waiting";
      publish(job, true);
    }
  }

  function add(job, piece, answer) {
    const total = answer.pieces.seconds.length;
    if (!job.planned) { // the first answer says how many there are
      job.planned = true;
      job.pieces = answer.pieces;
      job.todo.push(...Array.from({ length: total }, (_, other) => other).slice(AT_ONCE));
      job.todo = job.todo.filter((other) => other < total);
    }
    if (piece < total) {
      job.parts[piece] = condense(job, answer);
      job.estimate += job.pieces.seconds[piece];
      job.done += job.pieces.models[piece];
      remember(job);
    }
    if (job.parts.filter(Boolean).length === total) {
      job.status = "done";
    }
  }

  // What the server knows cannot win is neither kept nor sent back: of a large comparison that is
  // most. Returns the rows of a piece that do not compete, and takes the others in.
  function condense(job, answer) {
    const plain = {};
    for (const [kind, rows] of Object.entries(answer.rows)) {
      const rule = answer.condensed?.[kind];
      const competes = (row) => Boolean(rule) && rule.order in row;
      plain[kind] = rows.filter((row) => !competes(row));
      const rivals = (job.rivals[kind] = job.rivals[kind] || new Map());
      for (const row of rows.filter(competes)) {
        const group = JSON.stringify(rule.alike.map((key) => row[key]));
        rivals.set(group, stillIn([...(rivals.get(group) || []), row], rule));
      }
    }
    return plain;
  }

  // The winner is the first, by `order`, that is within `slack` of the best. More rows raise the
  // best, so whoever falls behind it now, or behind an earlier row, never wins. The first that is
  // left is the winner so far.
  function stillIn(rows, { order, best, slack }) {
    const value = (row) => row[best] ?? -Infinity;
    const top = Math.max(...rows.map(value));
    const least = Number.isFinite(top) ? top - slack * (1 + Math.abs(top)) : top;
    const ordered = rows.filter((row) => value(row) >= least).sort((a, b) => a[order] - b[order]);
    let before;
    return ordered.filter((row) => {
      const leads = before === undefined || value(row) > before;
      before = leads ? value(row) : before;
      return leads;
    });
  }

  // The rows of all pieces there are, by kind; of those that compete the winners so far.
  function rowsOf(job) {
    const rows = {};
    for (const part of job.parts.filter(Boolean)) {
      for (const [kind, some] of Object.entries(part)) {
        (rows[kind] = rows[kind] || []).push(...some);
      }
    }
    for (const [kind, rivals] of Object.entries(job.rivals)) {
      (rows[kind] = rows[kind] || []).push(...[...rivals.values()].map(([winner]) => winner));
    }
    return rows;
  }

  function refuse(job, piece, sentence) {
    putBack(job, piece);
    job.status = "refused";
    if (current[job.name] === job) {
      if (sentence) {
        window.dash_clientside.set_props(ids.ERROR, { children: sentence, hide: false });
      }
      window.dash_clientside.set_props(ids.stage(job.name), { className: "stage stale" });
    }
  }

  // Effect: what there is so far goes to the part of the server that draws.
  function publish(job, now) {
    const time = performance.now();
    if (current[job.name] !== job) {
      return; // the page shows something else by now; the rows are kept
    }
    window.clearTimeout(job.later);
    if (!now && time - job.published < PUBLISH_MS) {
      job.later = window.setTimeout(() => publish(job, true), PUBLISH_MS); // if nothing else comes
      return;
    }
    job.published = time;
    const finished = job.status === "done";
    const waiting = job.status === "waiting";
    const data = { request: job.request, rows: rowsOf(job), notes: job.notes, finished, waiting };
    set(job.name, "result", { data: data });
    if (finished || job.status === "stopped") {
      window.setTimeout(() => current[job.name] === job && set(job.name, "final", { data: data }), SETTLE_MS);
    }
  }

  // No answer, or a bad one: the piece is asked for again, later each time. A place in the server's
  // queue is no failure: it is asked for again when the server says.
  function again(job, piece, told) {
    putBack(job, piece);
    if (job.status !== "running") {
      return;
    }
    job.told = told;
    job.attempt = told?.queued ? 0 : job.attempt + 1;
    if (job.attempt > window.explorerResilience.attempts.piece) {
      job.status = "lost";
      return;
    }
    job.status = "retrying";
    job.pause = window.explorerResilience.pauseOf(job.attempt - 1, told);
    window.setTimeout(() => {
      if (current[job.name] === job && job.status === "retrying") {
        goOn(job);
        report(job);
      }
    }, 1000 * job.pause);
  }

  // Start, continue, stop.
  function start(clicks, config) {
    const job = clicks && current[config.name];
    if (job && !["running", "done"].includes(job.status)) {
      job.go = true;
      job.attempt = 0;
      window.dash_clientside.set_props(ids.ERROR, { hide: true });
      goOn(job);
      report(job);
    }
    return none();
  }

  function stop(clicks, config) {
    const job = clicks && current[config.name];
    if (job && UNDER_WAY.includes(job.status)) {
      job.status = "stopped";
      if (job.done) {
        publish(job, true);
      } else {
        window.dash_clientside.set_props(ids.stage(job.name), { className: "stage stale" });
      }
      report(job);
    }
    return none();
  }

  // Another view is opened: no more requests until this one is open again. If it opens with
  // other settings, `begin` will say so.
  window.addEventListener("explorer-state", ({ detail: { view, asks } }) => {
    for (const job of Object.values(current)) {
      if (view !== job.name && UNDER_WAY.includes(job.status)) {
        job.status = "paused";
        report(job);
      } else if (view === job.name && !asks && job.status === "paused") {
        goOn(job);
        report(job);
      }
    }
  });

  // Effect: the bar, the words beside it, and which buttons there are. Straight into the page: a
  // property of a Dash component costs a round through all components, and this comes often.
  function report(job) {
    if (current[job.name] !== job) {
      return;
    }
    const total = job.pieces ? sum(job.pieces.models) : 0;
    const going = job.status === "new" || UNDER_WAY.includes(job.status);
    const idle = ["waiting", "stopped", "lost", "refused"].includes(job.status);
    const frame = frameOf(job.name);
    if (frame) {
      const percent = total ? Math.round((100 * job.done) / total) : 0;
      const start = job.done ? "resume" : job.status === "waiting" ? "begin" : "retry";
      frame.dataset.can = going ? "stop" : idle ? start : "";
      frame.querySelector(".chain-fill").style.width = percent + "%";
      frame.querySelector(".chain-bar").setAttribute("aria-valuenow", percent);
      const text = frame.querySelector(".chain-text");
      const said = words(job, total);
      if (text.textContent !== said) {
        text.textContent = said;
      }
    }
  }

  function words(job, total) {
    const count = `${job.done} of ${total} ${job.pieces ? job.pieces.unit : ""}`;
    switch (job.status) {
      case "waiting":
        return `${total} ${job.pieces.unit}: ${spoken(job.wait)} of computing`;
      case "retrying":
        return `${count} · ${job.told?.words ?? "no answer from the server"}; trying again in ${Math.ceil(job.pause)} s`;
      case "lost":
        return `${count} · the server does not answer`;
      case "stopped":
      case "paused":
        return `${count} · stopped`;
      case "refused":
        return job.done ? `${count} · an error stopped it` : "Not computed";
      case "done":
        return `${total} ${job.pieces.unit} in ${took(job.spent / 1000)}`;
      default:
        return total ? `${count} · ${left(job)}` : "Starting";
    }
  }

  const sum = (values) => values.reduce((a, b) => a + b, 0);
  const took = (seconds) => `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;

  function left(job) {
    const rest = sum(job.pieces.seconds) - job.estimate;
    const rate = (job.spent / 1000 + PRIOR_S) / (job.estimate + PRIOR_S);
    return `${spoken(rest * rate)} left`;
  }

  function spoken(seconds) {
    if (seconds < 1) {
      return "under 1 s";
    }
    return seconds < 90 ? `about ${Math.round(seconds)} s` : `about ${Math.round(seconds / 60)} minutes`;
  }

  return { begin, start, stop };
})();
