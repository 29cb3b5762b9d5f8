// Saves the run as one page that plays by itself, without a network.

import { save as download } from "../../kernel/download.ts";
import { painted } from "../../kernel/scheme.ts";
import { besideScript } from "../../kernel/script.ts";
import { overlaysOf } from "./opening.ts";
import { pageOf } from "./saving.ts";
import { now } from "./session.ts";

const PLAYER = "saved-player.js";
const STYLE = "steps.css";

export async function save(): Promise<void> {
  const session = now();
  if (!session) {
    return;
  }
  const [script, style] = await Promise.all([PLAYER, STYLE].map(besideScript));
  const trace = { ...session.trace, fitted: null }; // nobody's hands are on a saved page
  const saved = { trace, overlays: overlaysOf(session.state) };
  const page = pageOf(saved, script ?? "", style ?? "", painted());
  download(page, "text/html", "step-by-step.html");
}
