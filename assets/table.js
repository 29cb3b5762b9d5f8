// Tables: cells made from the rows that the server sends, and headings that sort. All of it is
// text: nothing of a user's file becomes markup.
window.dash_clientside = window.dash_clientside || {};
window.dash_clientside.tables = (function () {
  const { ids, opens } = window.explorerContract;
  const boxOf = (name) => document.getElementById(JSON.stringify(ids.table(name)));

  function make(tag, attributes, ...children) {
    const node = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => node.setAttribute(name, value));
    node.append(...children);
    return node;
  }

  // Effect: replaces the table; returns how many rows there are. A heading that had the keyboard's
  // focus keeps it.
  function fill(page, id) {
    const box = page && boxOf(id.name);
    if (!box) {
      return window.dash_clientside.no_update;
    }
    const focused = box.contains(document.activeElement) ? document.activeElement.dataset.column : undefined;
    const heads = page.columns.map((column, i) => headOf(page, column, i));
    const rows = page.rows.map((row) => make("tr", {}, ...row.map((cell, i) => cellOf(cell, page.columns[i]))));
    box.replaceChildren(
      make("table", { class: "data-table" }, make("thead", {}, make("tr", {}, ...heads)), make("tbody", {}, ...rows)),
    );
    if (focused !== undefined) {
      box.querySelector(`.sort-head[data-column="${focused}"]`)?.focus();
    }
    return String(page.rows.length);
  }

  const classOf = ([, numeric]) => (numeric ? "numeric" : "");
  const cellOf = (cell, column) => make("td", { class: classOf(column) }, cell);

  function headOf(page, column, i) {
    const sorting = page.by !== i ? "none" : page.descending ? "descending" : "ascending";
    const arrow = make("span", { class: `sort-arrow ${sorting}`, "aria-hidden": "true" });
    const button = make("button", { type: "button", class: "sort-head", "data-column": i }, column[0], arrow);
    return make("th", { class: classOf(column), scope: "col", "aria-sort": sorting }, button);
  }

  // A click on a heading sorts the table: up, then down. The server does the sorting, so that all
  // rows take part.
  document.addEventListener("click", (event) => {
    const head = event.target.closest && event.target.closest(".sort-head");
    if (!head) {
      return;
    }
    const name = head.closest("[data-table]").dataset.table;
    const by = Number(head.dataset.column);
    const descending = head.closest("th").getAttribute("aria-sort") === "ascending";
    const set = window.dash_clientside.set_props;
    set(ids.table_page(name), { value: 1 });
    set(ids.table_order(name), { data: { by, descending } });
  });

  // The setting that opens the table of posteriors, with or without it.
  function remember(opened, before) {
    const kept = String(before || "").split(",").filter((name) => name && name !== opens.posteriors);
    return (opened === "open" ? [opens.posteriors, ...kept] : kept).join(",");
  }

  return { fill, remember };
})();
