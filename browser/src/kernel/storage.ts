// What outlives the page: in this browser, or in this tab alone. Storage can be switched off: then
// it lasts as long as the page.

const otherwise = new Map<string, string>();
const ofBrowser = (): Storage => window.localStorage;
const ofTab = (): Storage => window.sessionStorage;

export const recall = (key: string): string | null => get(ofBrowser, key);
export const remember = (key: string, text: string): void => put(ofBrowser, key, text);
export const recallInTab = (key: string): string | null => get(ofTab, key);
export const rememberInTab = (key: string, text: string): void => put(ofTab, key, text);

function get(storage: () => Storage, key: string): string | null {
  try {
    return storage().getItem(key);
  } catch {
    return otherwise.get(key) ?? null;
  }
}

function put(storage: () => Storage, key: string, text: string): void {
  otherwise.set(key, text);
  try {
    storage().setItem(key, text);
  } catch {
    // Kept above.
  }
}
