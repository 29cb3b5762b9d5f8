// Opening a file: by button or by dropping it. It goes to the server once, under an address of
// its own; afterwards the page knows it by its key.
window.dash_clientside = window.dash_clientside || {};
window.dash_clientside.explorerUpload = (function () {
  const zone = () => document.getElementById("upload");
  const say = (text) => window.dash_clientside.set_props("upload-status", { children: text });
  let picker = null;

  function choose() {
    picker = picker || document.body.appendChild(makePicker());
    picker.value = "";
    picker.click();
  }

  function makePicker() {
    const input = document.createElement("input");
    input.type = "file";
    input.hidden = true;
    input.setAttribute("aria-label", "File to open");
    input.id = "upload-picker";
    input.addEventListener("change", () => input.files[0] && send(input.files[0]));
    return input;
  }

  function send(file) {
    const most = Number(zone().dataset.mostBytes);
    if (file.size > most) {
      say(`This file has ${megabytes(file.size)}; the limit is ${megabytes(most)}. ` +
        "Keep fewer rows or columns, or save it as Parquet.");
      return;
    }
    if (file.size === 0) {
      say("This file is empty.");
      return;
    }
    const request = new XMLHttpRequest();
    request.open("POST", zone().dataset.address);
    request.upload.onprogress = (event) =>
      say(event.loaded < event.total ? `Sending: ${Math.round((100 * event.loaded) / event.total)} %` : "Reading the file …");
    request.onload = () => answer(request);
    request.onerror = () => say("The connection was lost while sending the file. Try again.");
    say("Sending …");
    request.send(file);
  }

  const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;

  function answer(request) {
    let said = {};
    try {
      said = JSON.parse(request.responseText);
    } catch (notJson) {
      said = { message: "The server could not take this file. Try again, or make it smaller." };
    }
    if (request.status !== 200 || !said.key) {
      say(said.message || "The server could not take this file.");
      return;
    }
    say(said.sentence);
    window.dash_clientside.set_props("uploaded", { data: { key: said.key, time: Date.now() } });
  }

  document.addEventListener("click", (event) => event.target.closest("#upload") && choose());
  for (const kind of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(kind, (event) => {
      const over = event.target.closest && event.target.closest("#upload");
      if (!event.dataTransfer || !event.dataTransfer.types.includes("Files")) {
        return;
      }
      event.preventDefault(); // a file dropped beside the zone must not replace the page
      zone() && zone().classList.toggle("over", Boolean(over) && kind === "dragover");
      if (over && kind === "drop" && event.dataTransfer.files[0]) {
        send(event.dataTransfer.files[0]);
      }
    });
  }

  // The stored table becomes the data; its columns are chosen anew.
  function open(uploaded) {
    if (!uploaded) {
      return Array(8).fill(window.dash_clientside.no_update);
    }
    return ["upload", uploaded.key, "standard", [], null, null, null, "upload"];
  }

  return { open };
})();
