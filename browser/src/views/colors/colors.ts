// The Colours view: an image of one's own.

import { ids, type Refused, type StoredImage } from "../../contract.ts";
import { keep, set } from "../../kernel/dash.ts";
import { type Answer, latest, send } from "../../kernel/requests.ts";
import { imagesAddress, megabytes, mostBytes } from "../../parts/files/place.ts";
import { fileZone } from "../../parts/files/zone.ts";
import * as beforeAfter from "./before_after.ts";

const OWN = "upload"; // among the images
const LOST = "The server could not take this image. Try again, or make it smaller.";

const next = latest(); // of several images on their way only the last one counts

const say = (children: string): void => set(ids.IMAGE_STATUS, { children });

export function listen(): void {
  beforeAfter.listen();
  fileZone({
    button: ids.IMAGE_UPLOAD,
    picker: ids.IMAGE_PICKER,
    label: "Image to open",
    accept: "image/*",
    take,
  });
}

async function take(file: File): Promise<void> {
  const most = mostBytes();
  if (file.size > most) {
    say(`This image has ${megabytes(file.size)}; the limit is ${megabytes(most)}.`);
    return;
  }
  const signal = next();
  say("Sending the image …");
  const answer = await send(imagesAddress(), file, { say, signal });
  if (answer && !signal.aborted) {
    arrived(answer);
  }
}

function arrived({ ok, json }: Answer): void {
  const said = json as Partial<StoredImage & Refused> | null;
  if (ok && said?.key) {
    say(said.sentence ?? "");
    set(ids.IMAGE_UPLOADED, { data: { key: said.key, time: Date.now() } });
  } else {
    say(said?.message || LOST);
  }
}

interface UploadedImage {
  readonly key: string;
}

export const open = (uploaded: UploadedImage | null): unknown[] =>
  uploaded ? [OWN, uploaded.key] : [keep(), keep()];
