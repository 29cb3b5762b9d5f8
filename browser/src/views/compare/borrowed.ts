// Texts of the page that say something else for a while. Whoever owns them may change them
// meanwhile; in the end each says what its owner said last.

export interface Borrowed {
  write(element: HTMLElement | null, text: string): void;
  giveBack(): void;
}

export function borrowed(): Borrowed {
  const owners = new Map<Element, string>(); // what each said last
  const observer = new MutationObserver(note);

  function note(changes: readonly MutationRecord[]): void {
    for (const { target } of changes) {
      const element = target instanceof Element ? target : target.parentElement;
      if (element && owners.has(element)) {
        owners.set(element, element.textContent ?? "");
      }
    }
  }

  function write(element: HTMLElement | null, text: string): void {
    if (!element || element.childElementCount) {
      return; // more than a text
    }
    note(observer.takeRecords());
    if (!owners.has(element)) {
      owners.set(element, element.textContent ?? "");
      observer.observe(element, { characterData: true, childList: true, subtree: true });
    }
    put(element, text);
    observer.takeRecords(); // these were ours
  }

  return {
    write,
    giveBack: () => {
      note(observer.takeRecords());
      observer.disconnect();
      for (const [element, text] of owners) {
        put(element, text);
      }
      owners.clear();
    },
  };
}

// The node that holds the text stays, as its owner may hold on to it.
function put(element: Element, text: string): void {
  const { firstChild } = element;
  if (element.textContent === text) {
    return;
  }
  if (firstChild instanceof Text && element.childNodes.length === 1) {
    firstChild.data = text;
  } else {
    element.textContent = text;
  }
}
