// Chooses light or dark before anything is painted: the visitor's last choice, else the system's.
(function () {
  const KEPT = "gmm-dash-scheme";
  let scheme = null;
  try {
    scheme = window.localStorage.getItem(KEPT);
  } catch (refused) {
    // Storage can be switched off; the system's choice then holds.
  }
  if (scheme !== "light" && scheme !== "dark") {
    scheme = window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  }
  window.explorerScheme = scheme;
  window.explorerKeepScheme = (chosen) => {
    try {
      window.localStorage.setItem(KEPT, chosen);
    } catch (refused) {
      // The choice then lasts as long as the page.
    }
  };
  document.documentElement.setAttribute("data-mantine-color-scheme", scheme);
})();
