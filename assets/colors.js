// The Colours view: the line between before and after, by slider or by dragging on the image,
// and opening an image of one's own.
window.dash_clientside = window.dash_clientside || {};
window.dash_clientside.colors = (function () {
  const { ids, addresses } = window.explorerContract;
  const set = (id, props) => window.dash_clientside.set_props(id, props);
  const say = (text) => set(ids.IMAGE_STATUS, { children: text });

  // The line on both images follows the slider's thumb. The thumb is watched rather than the
  // slider's value: the component tells that while it is dragged only in a mode in which it also
  // says back every value it is given, and so undoes the one given next.
  new MutationObserver((changes) => {
    for (const { target } of changes) {
      if (target.closest(`#${ids.COLORS_SPLIT}`)) {
        document.querySelectorAll(".before-after").forEach((box) =>
          box.style.setProperty("--split", `${target.getAttribute("aria-valuenow")}%`));
      }
    }
  }).observe(document.documentElement, { subtree: true, attributeFilter: ["aria-valuenow"] });

  // Dragging on an image moves the slider.
  let dragged = null;
  const boxAt = (event) => event.target.closest && event.target.closest(".before-after");
  function follow(event) {
    const box = dragged.getBoundingClientRect();
    const share = (event.clientX - box.left) / Math.max(box.width, 1);
    set(ids.COLORS_SPLIT, { value: Math.round(100 * Math.min(1, Math.max(0, share))) });
  }
  document.addEventListener("pointerdown", (event) => {
    dragged = boxAt(event);
    if (dragged) {
      event.preventDefault();
      follow(event);
    }
  });
  document.addEventListener("pointermove", (event) => dragged && follow(event));
  for (const end of ["pointerup", "pointercancel"]) {
    document.addEventListener(end, () => (dragged = null));
  }

  const zone = () => document.getElementById(ids.IMAGE_UPLOAD);
  let picker = null;
  function choose() {
    if (!picker) {
      picker = document.body.appendChild(document.createElement("input"));
      picker.type = "file";
      picker.accept = "image/*";
      picker.hidden = true;
      picker.id = ids.IMAGE_PICKER;
      picker.setAttribute("aria-label", "Image to open");
      picker.addEventListener("change", () => picker.files[0] && send(picker.files[0]));
    }
    picker.value = "";
    picker.click();
  }

  const LOST = "The server could not take this image. Try again, or make it smaller.";
  let newest = null; // the image that is on its way; of several, only the last one counts

  // Images go beside the tables, and may be as large.
  const place = () => document.getElementById(ids.UPLOAD).dataset;
  const address = () => place().address.slice(0, -addresses.tables.length) + addresses.images;

  function send(file) {
    const most = Number(place().mostBytes);
    if (file.size > most) {
      say(`This image has ${(file.size / 1e6).toFixed(1)} MB; the limit is ${(most / 1e6).toFixed(1)} MB.`);
      return;
    }
    newest = file;
    say("Sending the image …");
    window.explorerResilience.post(address(), file, say, () => newest === file)
      .then((answer) => answer.json().then((said) => newest === file && arrived(answer.ok, said)))
      .catch(() => newest === file && say(LOST));
  }

  function arrived(good, said) {
    say(good ? said.sentence : said.message || LOST);
    if (good) {
      set(ids.IMAGE_UPLOADED, { data: { key: said.key, time: Date.now() } });
    }
  }

  document.addEventListener("click", (event) => event.target.closest(`#${ids.IMAGE_UPLOAD}`) && choose());
  for (const kind of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(kind, (event) => {
      const over = event.target.closest && event.target.closest(`#${ids.IMAGE_UPLOAD}`);
      if (!event.dataTransfer || !event.dataTransfer.types.includes("Files")) {
        return;
      }
      event.preventDefault();
      zone() && zone().classList.toggle("over", Boolean(over) && kind === "dragover");
      if (over && kind === "drop" && event.dataTransfer.files[0]) {
        send(event.dataTransfer.files[0]);
      }
    });
  }

  function open(uploaded) {
    const keep = window.dash_clientside.no_update;
    return uploaded ? ["upload", uploaded.key] : [keep, keep];
  }

  return { open };
})();
