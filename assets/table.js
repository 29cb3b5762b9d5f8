// A click on a heading sorts the table: up, then down. The server does the sorting, so that all
// rows take part, and the heading keeps the keyboard's focus when the new rows arrive.
document.addEventListener("click", (event) => {
  const head = event.target.closest && event.target.closest(".sort-head");
  if (!head) {
    return;
  }
  const box = head.closest("[data-table]");
  const name = box.dataset.table;
  const column = Number(head.dataset.column);
  const ascending = head.closest("th").getAttribute("aria-sort") === "ascending";
  const keepFocus = new MutationObserver(() => {
    keepFocus.disconnect();
    box.querySelector(`.sort-head[data-column="${column}"]`)?.focus();
  });
  keepFocus.observe(box, { childList: true });
  const set = window.dash_clientside.set_props;
  set({ kind: "table-page", name: name }, { value: 1 });
  set({ kind: "table-order", name: name }, { data: { by: column, descending: ascending } });
});
