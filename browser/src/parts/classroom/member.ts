// Who this tab is in a class. It comes in the part of a link that no server sees, or from the door,
// and is known until the tab is closed.

import { recallInTab, rememberInTab } from "../../kernel/storage.ts";

export interface Member {
  readonly teaches: boolean;
  readonly code: string;
  readonly key: string;
  readonly token: string;
}

const KEPT = "gmm-dash-class";
const PUPIL = "#class=";
const TEACHER = "#teach=";

export function recalled(): Member | null {
  try {
    const found = JSON.parse(recallInTab(KEPT) ?? "null");
    return typeof found?.token === "string" ? found : null;
  } catch {
    return null; // what is there was not written by this page
  }
}

export const keepMember = (member: Member | null): void =>
  rememberInTab(KEPT, JSON.stringify(member));

const here = (): string => window.location.origin + window.location.pathname;

export const pupilsLink = (code: string): string => `${here()}${PUPIL}${code}`;
export const teachersLink = ({ code, key, token }: Member): string =>
  `${here()}${TEACHER}${[code, key, token].join(".")}`;

// What the address says after its "#": a code to join by, or a teacher; it then goes, so that no
// link that is shared from here holds it.
export function takeFromAddress(): { code: string } | Member | null {
  const { hash, pathname, search } = window.location;
  if (!hash.startsWith(PUPIL) && !hash.startsWith(TEACHER)) {
    return null;
  }
  window.history.replaceState(null, "", pathname + search);
  if (hash.startsWith(PUPIL)) {
    return { code: hash.slice(PUPIL.length, PUPIL.length + 20) };
  }
  const [code = "", key = "", token = ""] = hash.slice(TEACHER.length).split(".");
  return { teaches: true, code, key, token };
}
