// A request of the page that gets no answer is sent again, since equal requests have equal
// answers; and whatever happens to it is said on the page, which would stay silent otherwise.
window.explorerResilience = (function () {
  const { ids, statuses } = window.explorerContract;
  const FIRST_WAIT_S = 0.5;
  const LONGEST_WAIT_S = 15;
  // How often something is asked for; then a person decides.
  const attempts = {
    page: 12, // about two minutes
    file: 6, // about fifteen seconds, or longer when the server asks for it
    piece: 40, // about ten minutes: long work is worth it
  };
  const SLOW_S = 8; // without an answer for so long, the page says that it is being worked on
  const BACK_MS = 3000;
  const LONGEST_ASKED_S = 60; // what a server may ask to wait at most
  const sentence = (status) =>
    statuses.sentences[status] || statuses.other.replace("{status}", status);
  const mayPass = (status) => statuses.mayPass.includes(status);
  const seconds = (attempt) =>
    Math.min(LONGEST_WAIT_S, FIRST_WAIT_S * 2 ** attempt) * (0.8 + 0.4 * Math.random()); // not all at once

  // Seconds until the next attempt, as `busy` was told: longer each time, but never sooner than the
  // server asks; a place in its queue is no failure, and does not make the wait grow.
  const pauseOf = (attempt, told) => Math.max(told?.queued ? 0 : seconds(attempt), told?.seconds ?? 0);

  // What a server that is busy says of the wait: the seconds it asks for, and how many are served
  // before, when it keeps a place in its queue. A place in the queue is no failure.
  function busy(said, retryAfter) {
    const seconds = Math.min(LONGEST_ASKED_S, Number(said?.seconds) || Number(retryAfter) || 0);
    const queued = Number.isInteger(said?.ahead);
    return { seconds: seconds * (1 + 0.1 * Math.random()), queued, words: wordsOf(queued, said) };
  }

  function wordsOf(queued, said) {
    if (!queued) {
      return said?.seconds ? "The server has more to do than it can take right now" : null;
    }
    const others = said.ahead === 1 ? "1 request is" : `${said.ahead} requests are`;
    return said.ahead > 0 ? `The server is busy: ${others} before yours` : "The server is still working on this";
  }

  const saidBy = (answer) => answer.clone().json().catch(() => null);

  const send = window.fetch.bind(window);
  const newest = new Map(); // what is filled -> the last job that fills it
  const waiting = new Set(); // jobs that will be sent again
  const slow = new Set(); // jobs that have been under way for long
  const failed = new Map(); // what is filled -> the stage that shows something older
  let troubled = false; // something has been lost since the last good answer
  let backUntil = 0;

  window.fetch = function (resource, options) {
    const ours = typeof resource === "string" && /_dash-update-component(\?|$)/.test(resource);
    return ours && options ? take(resource, options) : send(resource, options);
  };

  function take(resource, options) {
    const body = JSON.parse(options.body);
    if (isPiece(body)) {
      return once(resource, options); // assets/chain.js asks again by itself, and says so
    }
    const job = { key: JSON.stringify(body.outputs ?? body.output), stage: stageOf(body) };
    const before = newest.get(job.key);
    newest.set(job.key, job);
    if (before) {
      before.next = job;
      wake(before);
    }
    job.over = persist(job, resource, options);
    return job.over;
  }

  const ASK = ids.chain("", "ask");
  const isPiece = (body) =>
    (body.inputs || []).flat().some(({ id }) => id && id.kind === ASK.kind && id.part === ASK.part);

  // The view whose picture the answer will be: known by its request, else by where it goes.
  function stageOf(body) {
    for (const { id } of [body.inputs || [], body.outputs || []].flat(3)) {
      const named = typeof id === "string" ? id.replace(ids.request(""), "") : id && id.name;
      if (document.getElementById(ids.stage(named))) {
        return ids.stage(named);
      }
      const element = document.getElementById(asText(id));
      const around = element && element.parentElement.closest(".stage");
      if (around) {
        return around.id;
      }
    }
    return null;
  }

  const asText = (id) =>
    typeof id === "string" ? id : JSON.stringify(Object.fromEntries(Object.entries(id || {}).sort()));

  // Sends until there is an answer. A job that was overtaken by a newer one for the same place
  // ends with it and changes nothing.
  async function persist(job, resource, options) {
    for (let attempt = 0; ; attempt = job.asked || job.told?.queued ? 0 : attempt + 1) {
      const answer = await watched(job, () => once(resource, options));
      if (!mayPass(answer.status)) {
        return arrived(job, answer);
      }
      if (!job.next) {
        await pause(job, attempt, answer);
      }
      if (job.next) {
        waiting.delete(job);
        await job.next.over;
        return new Response(null, { status: 204 });
      }
    }
  }

  // One attempt. No connection, half an answer, or the page of somebody else's gateway count
  // as "not available": Dash itself would leave the plots greyed for ever.
  async function once(resource, options) {
    try {
      const { status, headers, ...answer } = await whole(await send(resource, options));
      const foreign = status === 200 && !/json/.test(headers.get("Content-Type"));
      return foreign ? lost() : new Response(answer.content, { status, headers });
    } catch (refused) {
      return lost();
    }
  }

  async function whole(answer) {
    const content = answer.status === 204 ? null : await answer.arrayBuffer();
    return { status: answer.status, headers: answer.headers, content };
  }

  const lost = () => new Response("{}", { status: 503, headers: { "X-Lost": "1" } });

  async function watched(job, attempt) {
    const timer = window.setTimeout(() => {
      slow.add(job);
      show();
    }, 1000 * SLOW_S);
    try {
      return await attempt();
    } finally {
      window.clearTimeout(timer);
      slow.delete(job);
    }
  }

  // Waits a little longer each time; a network that comes back, a press on "Try again" or a
  // newer request end the wait.
  async function pause(job, attempt, answer) {
    job.lost = answer.headers.has("X-Lost");
    job.told = busy(await saidBy(answer), answer.headers.get("Retry-After"));
    job.gaveUp = !job.told.queued && attempt + 1 >= attempts.page;
    waiting.add(job);
    troubled = true;
    mark(job.stage, "stage busy stale");
    show();
    const wait = pauseOf(attempt, job.told);
    await new Promise((resolve) => {
      job.wake = resolve;
      if (!job.gaveUp) {
        window.setTimeout(resolve, 1000 * wait);
      }
    });
    job.asked = job.gaveUp; // by a person, who may expect as many attempts again
    job.gaveUp = false;
    show();
  }

  const wake = (job) => job.wake && job.wake();
  window.addEventListener("online", () => waiting.forEach(wake));
  document.addEventListener("click", (event) => event.target.id === ids.TRY_AGAIN && waiting.forEach(wake));

  // An answer, good or bad. What the server refuses in words of its own is a good one.
  function arrived(job, answer) {
    waiting.delete(job);
    if (troubled && answer.ok && !waiting.size) {
      troubled = false;
      backUntil = Date.now() + BACK_MS;
      window.setTimeout(show, BACK_MS + 50);
    }
    if (answer.ok) {
      recovered(job);
    } else if (!job.next) {
      failed.set(job.key, job.stage);
      say(sentence(answer.status));
      window.setTimeout(() => failed.has(job.key) && mark(job.stage, "stage stale"), 0); // after Dash
    }
    show();
    // Dash reads the text of some refusals twice, and fails at that; it needs none of them.
    return answer.ok ? answer : new Response("{}", { status: 500 });
  }

  function recovered(job) {
    const had = failed.delete(job.key);
    const older = [...failed.values(), ...[...waiting].map(({ stage }) => stage)];
    const element = job.stage && document.getElementById(job.stage);
    if (element && element.classList.contains("stale") && !older.includes(job.stage)) {
      mark(job.stage, "stage");
    }
    if (had && !failed.size) {
      window.dash_clientside.set_props(ids.ERROR, { hide: true });
    }
  }

  // Effect: the plots of a stage are older than its settings, or no longer so.
  function mark(stage, name) {
    if (stage) {
      window.dash_clientside.set_props(stage, { className: name });
    }
  }

  // Effect: a sentence where refusals are shown; before there is a page, in the status line.
  function say(text) {
    if (hasPage()) {
      const children = [text, " The plots still show the last settings that worked."];
      window.dash_clientside.set_props(ids.ERROR, { children, hide: false });
    } else {
      write(text, false);
    }
  }

  const hasPage = () => document.getElementById(ids.MAIN) !== null;

  // Effect: the status line.
  function show() {
    const jobs = [...waiting];
    if (jobs.some((job) => job.gaveUp)) {
      write("The server does not answer. Your settings are kept.", true);
    } else if (jobs.length) {
      const lost = jobs.some((job) => job.lost);
      const told = jobs.map((job) => job.told?.words).filter(Boolean).pop();
      const why = lost ? "Connection lost, trying again" : told || "The server is busy or restarting, trying again";
      write(`${why} …`, false);
    } else if (slow.size) {
      write("The server is still working on this …", false);
    } else if (Date.now() < backUntil) {
      write("Back again", false);
    } else if (hasPage()) {
      write("", false);
    }
  }

  function write(text, offer) {
    const line = document.getElementById(ids.STATUS);
    if (!line || line.dataset.text === text) {
      return;
    }
    line.dataset.text = text;
    line.replaceChildren(text);
    if (offer) {
      const button = document.createElement("button");
      button.id = ids.TRY_AGAIN;
      button.type = "button";
      button.textContent = "Try again";
      line.append(" ", button);
    }
  }

  // Sends bytes to an address of their own until there is an answer; equal bytes get the same key, so
  // sending them twice does no harm. A place in the server's queue is no failed attempt.
  async function post(address, body, say, wanted = () => true) {
    for (let attempt = 0; ; ) {
      const answer = await send(address, { method: "POST", body }).catch(() => null);
      const said = answer && !answer.ok ? await saidBy(answer) : null;
      const told = busy(said, answer?.headers.get("Retry-After"));
      attempt = told.queued ? 0 : attempt + 1;
      if (attempt >= attempts.file || !wanted() || (answer && !mayPass(answer.status))) {
        return answer;
      }
      const why = answer ? "The server is busy or restarting, trying again" : "Connection lost, trying again";
      say(`${told.words || why} …`);
      const wait = pauseOf(attempt - 1, told);
      await new Promise((resolve) => window.setTimeout(resolve, 1000 * wait));
    }
  }

  return { sentence, mayPass, attempts, pauseOf, busy, post };
})();
