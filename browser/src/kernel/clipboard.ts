interface Words {
  readonly done: string;
  readonly byHand: string; // where a browser does not let us
}

const LINK: Words = { done: "Link copied", byHand: "Copy the link from the address bar" };

// Effect: a text goes to the clipboard; `said` is told how it went.
export function copyText(
  text: string,
  said: (words: string) => void,
  { done, byHand }: Words = LINK,
): void {
  if (navigator.clipboard && window.isSecureContext) {
    navigator.clipboard.writeText(text).then(
      () => said(done),
      () => said(byHand),
    );
    return;
  }
  const box = document.createElement("textarea"); // plain http on a class's network
  box.value = text;
  (document.querySelector("[role=dialog]") ?? document.body).appendChild(box); // focus stays inside
  box.select();
  said(document.execCommand("copy") ? done : byHand);
  box.remove();
}
