// A saved model was opened: the data stay, and every row can be saved with what it says.

import { ids } from "../../contract.ts";
import { set } from "../../kernel/dash.ts";
import { save } from "../../kernel/download.ts";
import { onPress } from "../../kernel/page.ts";
import { post } from "./sending.ts";

const NAME = "labels.csv";
const NAMESPACE = "dash_html_components";

let model: Blob | null = null; // opened last

const say = (children: unknown): void => set(ids.UPLOAD_STATUS, { children });

// Effect: what the model says of the data is on the page, with a button to save it.
export function showApplied(file: Blob, sentence: string): void {
  model = file;
  set(ids.PASTE_DIALOG, { opened: false });
  const part = (type: string, props: object) => ({ type, namespace: NAMESPACE, props });
  const button = { id: ids.APPLIED_SAVE, type: "button", className: "reading-open" };
  say([
    part("P", { children: sentence }),
    part("Button", { ...button, children: "Save these labels (CSV)" }),
  ]);
}

export const listen = (): void => onPress(ids.APPLIED_SAVE, saveLabels);

async function saveLabels(): Promise<void> {
  const said = model && (await post(model, { as: "labels" }, say));
  if (said?.message) {
    say(said.message);
  } else if (said) {
    save(said.text ?? "", "text/csv", NAME);
    say(`The labels of the opened model are saved as ${NAME}.`);
  }
}
