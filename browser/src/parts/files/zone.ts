// A button that is also a place to drop a file: chosen or dropped, the file comes the same way.

import { around, find, make, onPress } from "../../kernel/page.ts";

export interface FileZone {
  readonly button: string;
  readonly picker: string; // the id of the hidden input
  readonly label: string; // of that input
  readonly accept?: string;
  readonly take: (file: File) => void;
}

// Effect: the zone works, now and whenever its button is on the page. Returns what opens the
// browser's own dialog.
export function fileZone(zone: FileZone): () => void {
  const choose = pickerFor(zone);
  onPress(zone.button, choose);
  for (const kind of ["dragover", "dragleave", "drop"] as const) {
    document.addEventListener(kind, (event) => dragged(zone, event));
  }
  return choose;
}

function pickerFor({ picker, label, accept = "", take }: FileZone): () => void {
  let input: HTMLInputElement | null = null;
  function made(): HTMLInputElement {
    const fresh = make("input", {
      type: "file",
      id: picker,
      accept,
      hidden: "",
      "aria-label": label,
    });
    fresh.addEventListener("change", () => fresh.files?.[0] && take(fresh.files[0]));
    return document.body.appendChild(fresh);
  }
  return () => {
    input ??= made();
    input.value = ""; // the same file again is a choice, too
    input.click();
  };
}

function dragged({ button, take }: FileZone, event: DragEvent): void {
  if (!event.dataTransfer?.types.includes("Files")) {
    return;
  }
  event.preventDefault(); // a file dropped beside the zone must not replace the page
  const over = around(event, `#${button}`) !== null;
  find(button)?.classList.toggle("over", over && event.type === "dragover");
  const file = event.dataTransfer.files[0];
  if (over && event.type === "drop" && file) {
    take(file);
  }
}
