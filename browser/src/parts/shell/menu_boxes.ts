// The component library wraps a menu's button in a box and says "this opens a menu" of the box,
// which nobody can focus. Screen readers need it said of the button. And the head of its dialogs
// counts as the head of the page, of which there is one.

const ATTRIBUTES = ["aria-haspopup", "aria-expanded", "aria-controls"];
const BOXES = "[aria-haspopup='menu'], .menu-box [aria-expanded]";

function tell(box: Element): void {
  const button = box.querySelector("button");
  if (box.tagName === "BUTTON" || !button) {
    return;
  }
  for (const name of ATTRIBUTES) {
    const value = box.getAttribute(name);
    if (value !== null) {
      button.setAttribute(name, value);
      box.removeAttribute(name);
    }
  }
}

export function watchMenus(): void {
  const all = () => {
    document.querySelectorAll(BOXES).forEach(tell);
    document
      .querySelectorAll(".mantine-Modal-header:not([role])")
      .forEach((head) => head.setAttribute("role", "presentation"));
  };
  new MutationObserver(all).observe(document.documentElement, {
    subtree: true,
    childList: true,
    attributeFilter: ["aria-haspopup", "aria-expanded"],
  });
}
