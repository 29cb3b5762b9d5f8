// In "Link for a class": a short link to the same state, to be typed off a projector, and its
// picture for telephones. It is kept for a while only; the long link stays beside it.

import { addresses, ids, type ShortLink } from "../../contract.ts";
import { copyText } from "../../kernel/clipboard.ts";
import { find, make, onPress } from "../../kernel/page.ts";
import { qrPicture } from "../../kernel/qr.ts";
import { send, under } from "../../kernel/requests.ts";
import { sentence } from "../../kernel/retry.ts";

const LOST = "The server does not answer. The long link works all the same.";
let turn = 0; // a link that was asked for before the last change is not shown

// Effect: no short link is shown, as the long one has changed.
export function forgetShort(): void {
  turn += 1;
  find(ids.TEACH_SHORT_LINK)?.replaceChildren();
}

export function listen(): void {
  onPress(ids.TEACH_SHORT, () => void shorten());
}

async function shorten(): Promise<void> {
  const field = find(ids.TEACH_LINK);
  const place = find(ids.TEACH_SHORT_LINK);
  if (!(field instanceof HTMLTextAreaElement && place)) {
    return;
  }
  forgetShort();
  const mine = turn;
  const link = new URL(field.value).search;
  const base = new URL(under(""), window.location.href).href;
  const answer = await send(under(addresses.short), { link, page: base });
  if (mine !== turn || !answer) {
    return;
  }
  const said = (answer.json ?? {}) as ShortLink;
  if (answer.ok && said.key) {
    place.replaceChildren(...shown(`${base}${addresses.short}/${said.key}`, said));
  } else {
    const words = said.message ?? (answer.status ? sentence(answer.status) : LOST);
    place.replaceChildren(make("p", { role: "alert" }, words));
  }
}

function shown(link: string, { rows = [], days = 0 }: ShortLink): Node[] {
  const field = make("input", { type: "text", readonly: "", value: link });
  const said = make("span", { role: "status" });
  const copy = make("button", { type: "button", class: "plain-button" }, "Copy the short link");
  copy.addEventListener("click", () => copyText(link, (words) => said.replaceChildren(words)));
  const kept = days === 1 ? "a day" : `${days} days`;
  const hint = `Kept until nobody has opened it for ${kept}; the long link above is not stored anywhere.`;
  return [
    qrPicture(rows, `QR code of the short link ${link}`),
    make(
      "div",
      {},
      make("label", {}, "Short link", field),
      make("p", {}, copy, said),
      make("p", { class: "hint" }, hint),
    ),
  ];
}
