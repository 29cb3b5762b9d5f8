// The link for a class: the state on the screen, with what the teacher hides, locks and shows.
window.dash_clientside = window.dash_clientside || {};
window.dash_clientside.explorerTeach = (function () {
  const { ids } = window.explorerContract;
  const keep = () => window.dash_clientside.no_update;
  const open = (clicks) => (clicks ? true : keep());

  // A list arrives as such, or as it stands in a link.
  const listed = (value) => (Array.isArray(value) ? value : String(value || "").split(",").filter(Boolean));

  function link(opened, present, values, choices, state) {
    if (!opened) {
      return keep();
    }
    const chosen = (what) => choices.filter((id, i) => values[i] === what).map((id) => id.key);
    const offered = new Set(choices.map((id) => id.key));
    const others = (list) => listed(list).filter((key) => !offered.has(key));
    const search = window.dash_clientside.explorer.toQuery({
      ...state,
      hide: [...others(state.hide), ...chosen("hide")],
      lock: [...others(state.lock), ...chosen("lock")],
      present: present ? 1 : 0,
    });
    return window.location.origin + window.location.pathname + search;
  }

  function copy(clicks, text) {
    if (clicks) {
      window.dash_clientside.explorer.copyText(text, (words) =>
        window.dash_clientside.set_props(ids.TEACH_SAID, { children: words }),
      );
    }
    return keep();
  }

  function leave(clicks, state) {
    if (clicks) {
      const search = window.dash_clientside.explorer.toQuery({ ...state, present: 0 });
      window.dash_clientside.explorer.go(search);
    }
    return keep();
  }

  return { open, link, copy, leave };
})();
