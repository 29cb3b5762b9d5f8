const DONE = "Link copied";
const BY_HAND = "Copy the link from the address bar";

// Effect: a text goes to the clipboard; `said` is told how it went.
export function copyText(text: string, said: (words: string) => void): void {
  if (navigator.clipboard && window.isSecureContext) {
    navigator.clipboard.writeText(text).then(
      () => said(DONE),
      () => said(BY_HAND),
    );
    return;
  }
  const box = document.createElement("textarea"); // plain http on a class's network
  box.value = text;
  (document.querySelector("[role=dialog]") ?? document.body).appendChild(box); // focus stays inside
  box.select();
  said(document.execCommand("copy") ? DONE : BY_HAND);
  box.remove();
}
