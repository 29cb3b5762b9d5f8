// Lessons in the browser: the question before the result, and the progress, which stays here.
window.dash_clientside = window.dash_clientside || {};
window.dash_clientside.lessons = (function () {
  const { ids, keys } = window.explorerContract;
  const KEY = "gmm-dash-lessons";
  const keep = () => window.dash_clientside.no_update;
  const main = () => document.getElementById(ids.MAIN);
  let forgotten = {}; // where storage is switched off, progress lasts as long as the page

  function progress() {
    try {
      return JSON.parse(window.localStorage.getItem(KEY)) || {};
    } catch (refused) {
      return forgotten;
    }
  }

  function remember(at, answer) {
    const all = progress();
    all[`${at.lesson}/${at.part}`] = answer;
    forgotten = all;
    try {
      window.localStorage.setItem(KEY, JSON.stringify(all));
    } catch (refused) {
      // Kept in `forgotten` above.
    }
  }

  // Effect: the results appear; what was drawn behind the curtain is fitted to the page.
  function reveal() {
    main().classList.remove("asking");
    const card = document.getElementById(ids.LESSON);
    card.classList.add("answered");
    window.setTimeout(() => card.querySelector(".lesson-body").scrollTo({ top: 0 }), 0);
    window.setTimeout(() => window.dispatchEvent(new Event("resize")), 0);
  }

  // Effect: ticks in the catalogue.
  function tick(tries) {
    const all = progress();
    if (!document.querySelector("[data-step]") && tries > 0) {
      window.setTimeout(() => tick(tries - 1), 50); // the list is mounted when it opens
      return;
    }
    document.querySelectorAll("[data-step]").forEach((link) => {
      link.classList.toggle("done", link.dataset.step in all);
    });
  }

  function catalogue(clicks) {
    if (!clicks) {
      return keep();
    }
    window.setTimeout(() => tick(400), 0);
    return true;
  }

  // A step that was answered before opens with that answer.
  function arrive(at) {
    const before = at ? progress()[`${at.lesson}/${at.part}`] : undefined;
    if (before === undefined) {
      return [keep(), keep()];
    }
    reveal();
    return [before === null ? keep() : before, { ...at, answer: before }];
  }

  const empty = (value) => value === null || value === undefined || value === "";
  const ready = (value) => empty(value);

  function answer(checked, passed, value, at) {
    const chosen = window.dash_clientside.callback_context.triggered_id;
    if (!(checked || passed) || !chosen) {
      return keep();
    }
    const given = chosen === ids.LESSON_PASS || empty(value) ? null : value;
    remember(at, given);
    reveal();
    return { ...at, answer: given };
  }

  function leave(clicks, state) {
    if (clicks) {
      const { defaultsOf, go, toQuery } = window.dash_clientside.explorer;
      go(toQuery({ ...state, ...defaultsOf(keys.ofALesson) }));
    }
    return keep();
  }

  function fold(clicks) {
    if (clicks) {
      document.getElementById(ids.LESSON).classList.toggle("folded");
    }
    return keep();
  }

  // A sentence about other settings than these is wiped.
  const forget = () => "";

  return { forget, catalogue, arrive, ready, answer, leave, fold };
})();
