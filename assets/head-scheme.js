// Chooses light or dark before anything is painted: the visitor's last choice, else the system's.
(function () {
  let scheme = null;
  try {
    scheme = window.localStorage.getItem("gmm-dash-scheme");
  } catch (refused) {
    // Storage can be switched off; the system's choice then holds.
  }
  if (scheme !== "light" && scheme !== "dark") {
    scheme = window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  }
  window.explorerScheme = scheme;
  document.documentElement.setAttribute("data-mantine-color-scheme", scheme);
})();
