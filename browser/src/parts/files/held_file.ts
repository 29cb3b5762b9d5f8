// The file that the server read last, and how: kept so that it can be read again in another way.

export type ReadOptions = Readonly<Record<string, unknown>>;

export interface HeldFile {
  readonly file: Blob;
  readonly options: ReadOptions;
  readonly key: string; // of the table it became; empty while it is none yet
  readonly before: HeldFile | null; // what was at hand before a file that is no table yet
}

let held: HeldFile | null = null;

export const atHand = (): HeldFile | null => held;

// Effect: this file is at hand from here on.
export function hold(file: Blob, key: string, options: ReadOptions = {}): void {
  held = { file, options, key, before: key ? null : held };
}

// Effect: one guess about a file that is no table yet was mended; another one is to go.
export function mendHeld(options: ReadOptions): void {
  if (held && !held.key) {
    held = { ...held, options };
  }
}

// Effect: a file that never became a table is let go; the one before it is at hand again.
export function letGo(): void {
  if (held && !held.key) {
    held = held.before;
  }
}
