// Texts of the page that are written here and not by Dash: what an element says, and what it says
// for a while, under a hand. What its owner says meanwhile waits, and shows in the end.

const owners = new WeakMap<Element, string>(); // what each said last
const lent = new Set<Element>();

const isText = (element: Element): boolean => element.childElementCount === 0;

// Effect: an element says something; not before the hand has let go, where it is lent.
export function say(element: Element | null, text: string): void {
  if (element) {
    owners.set(element, text);
    if (!lent.has(element)) {
      put(element, text);
    }
  }
}

// Effect: it says something else for a while.
export function lend(element: Element | null, text: string): void {
  if (element && isText(element)) {
    if (!lent.has(element) && !owners.has(element)) {
      owners.set(element, element.textContent ?? "");
    }
    lent.add(element);
    put(element, text);
  }
}

// Effect: each says what its owner said last.
export function giveBack(): void {
  for (const element of lent) {
    put(element, owners.get(element) ?? "");
  }
  lent.clear();
}

// What stays is not written again: it would be read aloud. The node that holds the text stays,
// as React may hold on to it.
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
