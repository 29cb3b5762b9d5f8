// Long work as a chain of short requests: asks for the next piece when one has arrived, so that
// results grow, can be stopped, and survive a lost connection. Nothing is kept on the server:
// a piece follows from the settings and its number alone.
window.dash_clientside = window.dash_clientside || {};
window.dash_clientside.chain = (function () {
  const KEPT = 8; // finished or broken-off jobs of a view that are remembered
  const PUBLISH_MS = 120; // between two drawings of a job that grows quickly
  const LONGEST_WAIT_S = 15; // between two attempts to reach the server
  const MOST_ATTEMPTS = 40;
  const GRACE_MS = 100; // somebody else may have sent the request again by then
  const PRIOR_S = 0.5; // how long the estimate is believed more than the clock
  const current = {}; // view -> the job on the page
  const kept = {}; // view -> Map of token -> job
  const none = () => window.dash_clientside.no_update;
  const id = (name, part) => ({ kind: "chain", name: name, part: part });
  const set = (name, part, props) => window.dash_clientside.set_props(id(name, part), props);
  const frameOf = (name) => document.getElementById(JSON.stringify(id(name, "frame")));

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
    if (before && before.token !== token && before.status === "running") {
      before.status = "paused";
    }
    const job = (current[name] = recall(name, token) || fresh(name, token, work));
    job.request = request;
    if (job.done) {
      publish(job, true);
    } else {
      window.dash_clientside.set_props("stage-" + name, { className: "stage busy" });
    }
    if (job.status === "new" || job.status === "paused") {
      ask(job);
    }
    report(job);
    return none();
  }

  function fresh(name, token, work) {
    return {
      name, token, work, status: "new", piece: 0, pieces: null, rows: {}, notes: [],
      done: 0, attempt: 0, go: false, spent: 0, estimate: 0, published: 0,
    };
  }

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

  function ask(job) {
    job.status = "running";
    job.asked = performance.now();
    job.waiting = `${job.piece}/${job.attempt}`;
    const data = { token: job.token, work: job.work, piece: job.piece, go: job.go };
    if (job.attempt) {
      data.attempt = job.attempt;
    }
    set(job.name, "ask", { data: data });
  }

  // A piece has arrived.
  function take(answer, config) {
    const job = answer && current[config.name];
    if (!job || answer.token !== job.token || answer.piece !== job.piece || job.status === "done") {
      return none();
    }
    job.waiting = null;
    job.attempt = 0;
    if (answer.error) {
      return refuse(job, answer.error);
    }
    job.pieces = answer.pieces;
    job.notes = answer.notes;
    if (answer.wait) {
      job.status = "waiting";
      job.wait = answer.wait;
      publish(job, true);
    } else {
      add(job, answer);
    }
    report(job);
    return none();
  }

  function add(job, answer) {
    for (const [kind, rows] of Object.entries(answer.rows)) {
      job.rows[kind] = (job.rows[kind] || []).concat(rows);
    }
    job.spent += performance.now() - job.asked;
    job.estimate += job.pieces.seconds[job.piece];
    job.done += job.pieces.models[job.piece];
    job.piece += 1;
    remember(job);
    const finished = job.piece >= job.pieces.seconds.length;
    if (finished) {
      job.status = "done";
    }
    if (job.status === "running") {
      ask(job); // first, so that the server works while the browser draws
    }
    publish(job, finished || job.status !== "running");
  }

  function refuse(job, sentence) {
    job.status = "refused";
    window.dash_clientside.set_props("error", { children: sentence, hide: false });
    window.dash_clientside.set_props("stage-" + job.name, { className: "stage stale" });
    report(job);
    return none();
  }

  // Effect: what there is so far goes to the part of the server that draws.
  function publish(job, now) {
    const time = performance.now();
    if (!now && time - job.published < PUBLISH_MS) {
      return;
    }
    job.published = time;
    const finished = job.status === "done";
    const waiting = job.status === "waiting";
    const data = { request: job.request, rows: job.rows, notes: job.notes, finished, waiting };
    set(job.name, "result", { data: data });
    if (finished || job.status === "stopped") {
      set(job.name, "final", { data: data });
    }
  }

  // Dash says nothing to the page when a request fails, so the requests themselves are watched:
  // one without an answer is sent again, by a new ask.
  const send = window.fetch;
  window.fetch = function (input, init) {
    const sent = send.call(window, input, init);
    const name = askedBy(init && init.body);
    if (name) {
      const job = current[name];
      const lost = () => missed(job, job && job.waiting);
      sent.then((answer) => (answer.ok ? null : lost()), lost);
    }
    return sent;
  };

  // The view whose piece a request asks for, if it does.
  function askedBy(body) {
    const found =
      typeof body === "string" &&
      /^\{"output":"\{\\"kind\\":\\"chain\\",\\"name\\":\\"(\w+)\\",\\"part\\":\\"answer/.exec(body);
    return found ? found[1] : null;
  }

  function missed(job, waiting) {
    window.setTimeout(() => {
      const still = job && current[job.name] === job && job.status === "running";
      if (still && waiting && job.waiting === waiting) {
        again(job);
      }
    }, GRACE_MS);
  }

  function again(job) {
    job.attempt += 1;
    job.waiting = null;
    if (job.attempt > MOST_ATTEMPTS) {
      job.status = "lost";
      return report(job);
    }
    const seconds = Math.min(LONGEST_WAIT_S, 0.5 * 2 ** (job.attempt - 1));
    job.status = "retrying";
    report(job, seconds);
    const attempt = job.attempt;
    window.setTimeout(() => {
      if (current[job.name] === job && job.status === "retrying" && job.attempt === attempt) {
        ask(job);
        report(job);
      }
    }, 1000 * seconds);
  }

  // Start, continue, stop.
  function start(clicks, config) {
    const job = clicks && current[config.name];
    if (job && !["running", "done"].includes(job.status)) {
      job.go = true;
      job.attempt = 0;
      window.dash_clientside.set_props("error", { hide: true });
      ask(job);
      report(job);
    }
    return none();
  }

  function stop(clicks, config) {
    const job = clicks && current[config.name];
    if (job && ["running", "retrying"].includes(job.status)) {
      job.status = "stopped";
      if (job.done) {
        publish(job, true);
      }
      report(job);
    }
    return none();
  }

  // Another view is opened: no more requests until this one is open again.
  function visit(state, config) {
    const job = state && current[config.name];
    if (!job) {
      return none();
    }
    if (state.view !== config.name && ["running", "retrying"].includes(job.status)) {
      job.status = "paused";
      report(job);
    } else if (state.view === config.name && job.status === "paused") {
      ask(job);
      report(job);
    }
    return none();
  }

  // Effect: the bar, the words beside it, and which buttons there are. Straight into the page: a
  // property of a Dash component costs a round through all components, and this comes often.
  function report(job, seconds) {
    if (current[job.name] !== job) {
      return;
    }
    const total = job.pieces ? sum(job.pieces.models) : 0;
    const going = ["running", "retrying", "new"].includes(job.status);
    const idle = ["waiting", "stopped", "lost", "refused"].includes(job.status);
    const frame = frameOf(job.name);
    if (frame) {
      const percent = total ? Math.round((100 * job.done) / total) : 0;
      const start = job.done ? "resume" : job.status === "waiting" ? "begin" : "retry";
      frame.dataset.can = going ? "stop" : idle ? start : "";
      frame.querySelector(".chain-fill").style.width = percent + "%";
      frame.querySelector(".chain-bar").setAttribute("aria-valuenow", percent);
      const text = frame.querySelector(".chain-text");
      const said = words(job, total, seconds);
      if (text.textContent !== said) {
        text.textContent = said;
      }
    }
  }

  function words(job, total, seconds) {
    const count = `${job.done} of ${total} ${job.pieces ? job.pieces.unit : ""}`;
    switch (job.status) {
      case "waiting":
        return `${total} ${job.pieces.unit}: ${spoken(job.wait)} of computing`;
      case "retrying":
        return `${count} · no answer from the server; trying again in ${Math.ceil(seconds)} s`;
      case "lost":
        return `${count} · the server does not answer`;
      case "stopped":
      case "paused":
        return `${count} · stopped`;
      case "refused":
        return "Not computed";
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

  return { begin, take, start, stop, visit };
})();
