// What outlives the page. Storage can be switched off: then it lasts as long as the page.

const otherwise = new Map<string, string>();

export function recall(key: string): string | null {
  try {
    return window.localStorage.getItem(key);
  } catch {
    return otherwise.get(key) ?? null;
  }
}

export function remember(key: string, text: string): void {
  otherwise.set(key, text);
  try {
    window.localStorage.setItem(key, text);
  } catch {
    // Kept above.
  }
}
