// Saves the run as one page that plays by itself, without a network: the answer of the server,
// the player, and the drawing, written into one file.
window.stepsSave = (function () {
  const { ids } = window.explorerContract;
  const SCRIPTS = ["_contract.js", "steps-draw.js", "steps-player.js", "steps-saved.js"];

  async function textOf(name) {
    const node = [...document.querySelectorAll("script[src], link[href]")].find((one) =>
      (one.src || one.href).split("?")[0].endsWith("/" + name));
    const answer = await fetch(node.src || node.href);
    return answer.text();
  }

  // JSON and scripts inside a page must not be able to end the element that holds them.
  const inert = (text) => text.replace(/</g, "\\u003c");

  async function html(page) {
    const files = await Promise.all([...SCRIPTS, "steps.css"].map(textOf));
    const dark = document.documentElement.getAttribute("data-mantine-color-scheme") === "dark";
    const data = { trace: page.trace, overlays: page.overlays() };
    const text = `<!DOCTYPE html>
<html lang="en" data-mantine-color-scheme="${dark ? "dark" : "light"}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>k-means and a Gaussian mixture, step by step</title>
<style>${files[SCRIPTS.length]}
${dark ? DARK : LIGHT}
${OWN}</style></head>
<body>
<script type="application/json" id="${ids.STEPS_SAVED}">${inert(JSON.stringify(data))}</script>
${files.slice(0, -1).map((file) => `<script>${file.replace(/<\/(script)/gi, "<\\/$1")}</script>`).join("\n")}
</body></html>`;
    download(new Blob([text], { type: "text/html" }), "step-by-step.html");
  }

  const LIGHT = ":root { --card: #fff; --page: #f6f7f9; --line: #e1e4ea; --tint: #eef2ff; --tint-ink: #27316b; --mantine-color-dimmed: #5c6370; color: #1a1f2b; }";
  const DARK = ":root { --card: #242424; --page: #1a1b1e; --line: #3a3f47; --tint: #262b45; --tint-ink: #d5dcff; --mantine-color-dimmed: #a9b0be; color: #e8eaed; color-scheme: dark; }";
  const OWN = `body { margin: 0; padding: 14px; background: var(--page); font: 15px/1.5 Inter, system-ui, sans-serif; }
.saved-panels { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 400px), 1fr)); gap: 14px; }
.saved-card { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 12px 14px; min-width: 0; }
.saved-card h2 { font-size: 16px; margin: 0 0 6px; }
.saved-canvas { display: block; width: 100%; height: 52vh; min-height: 260px; }`;

  function download(blob, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  return { html };
})();
