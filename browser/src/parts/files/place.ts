// Where files go, and how large they may be: the button for opening one knows both.

import { addresses, ids } from "../../contract.ts";
import { find } from "../../kernel/page.ts";

const said = (): DOMStringMap => find(ids.UPLOAD)?.dataset ?? {};

export const tablesAddress = (): string => said().address ?? "";

// Images go beside the tables.
export const imagesAddress = (): string =>
  tablesAddress().slice(0, -addresses.tables.length) + addresses.images;

export const mostBytes = (): number => Number(said().mostBytes);

export const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
