// A button beside what stands out about a column: one click sets what cures it.
(function () {
  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest(".column-cure");
    if (!button) {
      return;
    }
    for (const [key, value] of Object.entries(JSON.parse(button.dataset.settings))) {
      const shown = typeof value === "number" ? String(value) : value; // numbers stand in text fields
      window.dash_clientside.set_props({ kind: "control", key: key }, { value: shown });
    }
  });
})();
