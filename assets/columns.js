// The columns in the panel: what is done to each, and buttons that cure what stands out.
window.dash_clientside = window.dash_clientside || {};
window.dash_clientside.columns = (function () {
  const { ids } = window.explorerContract;
  const KEY = "transform";
  const set = (key, value) => window.dash_clientside.set_props(ids.control(key), { value: value });
  const columnOf = (item) => item.slice(item.indexOf(":") + 1);
  const listItem = (text) => text.replace(/%/g, "%25").replace(/,/g, "%2C");

  // What is chosen now; the state has it as a list from the server, or as written in the link.
  function chosen() {
    const now = window.dash_clientside.explorer.now()[KEY] || [];
    return Array.isArray(now) ? now : now.split(",").filter(Boolean).map(decodeURIComponent);
  }

  function choose(column, kind) {
    const kept = chosen().filter((item) => columnOf(item) !== column);
    const items = kind ? [...kept, `${kind}:${column}`] : kept;
    set(KEY, items.map(listItem).join(","));
  }

  // Effect: one row for each column. Rows stay as they are while the columns do, so that the
  // keyboard's focus stays where it is.
  function show(told) {
    const place = document.getElementById(ids.COLUMN_ROWS);
    if (place && told) {
      const names = JSON.stringify(told.columns);
      if (place.dataset.columns !== names) {
        place.dataset.columns = names;
        place.replaceChildren(...told.columns.map((name) => row(name, told.kinds)));
      }
      for (const select of place.querySelectorAll("select")) {
        select.value = told.chosen[select.dataset.column] || "";
        select.disabled = told.locked;
      }
    }
    return window.dash_clientside.no_update;
  }

  function row(name, kinds) {
    const label = document.createElement("label");
    const text = document.createElement("span");
    const select = document.createElement("select");
    text.textContent = name;
    select.dataset.column = name;
    select.setAttribute("aria-label", `Transform ${name}`);
    for (const [value, words] of kinds) {
      select.add(new Option(words, value));
    }
    label.append(text, select);
    return label;
  }

  document.addEventListener("change", (event) => {
    const select = event.target.closest && event.target.closest(`#${ids.COLUMN_ROWS} select`);
    if (select) {
      choose(select.dataset.column, select.value);
    }
  });

  // One click sets what cures a doubt.
  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest(".column-cure");
    if (!button) {
      return;
    }
    for (const [key, value] of Object.entries(JSON.parse(button.dataset.settings))) {
      if (key === KEY) {
        value.forEach((item) => choose(columnOf(item), item.slice(0, item.indexOf(":"))));
      } else {
        set(key, typeof value === "number" ? String(value) : value); // text fields hold numbers
      }
    }
  });

  return { show };
})();
