// Effect: the browser saves something under a name.

const KEPT_MS = 10_000; // long enough for a slow browser to begin

export function saveAddress(address: string, name: string): void {
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
}

export function save(content: BlobPart, type: string, name: string): void {
  const address = URL.createObjectURL(new Blob([content], { type }));
  saveAddress(address, name);
  window.setTimeout(() => URL.revokeObjectURL(address), KEPT_MS);
}
