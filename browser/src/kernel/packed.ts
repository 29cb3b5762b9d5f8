// Arrays as they travel: base64 of their bytes. Unpacked once.

export interface Packed {
  readonly bdata: string;
}

type Kind<T> = new (buffer: ArrayBuffer) => T;
const unpacked = new WeakMap<Packed, unknown>();

export const bytes = (packed: Packed): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(packed.bdata), (letter) => letter.charCodeAt(0));

export function unpack<T>(packed: Packed, kind: Kind<T>): T {
  if (!unpacked.has(packed)) {
    unpacked.set(packed, new kind(bytes(packed).buffer));
  }
  return unpacked.get(packed) as T;
}
