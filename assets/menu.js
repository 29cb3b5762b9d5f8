// The component library wraps a menu's button in a box and says "this opens a menu" of the box,
// which nobody can focus. Screen readers need it said of the button.
(function () {
  const ATTRIBUTES = ["aria-haspopup", "aria-expanded", "aria-controls"];

  function tell(box) {
    const button = box.querySelector("button");
    if (box.tagName === "BUTTON" || !button) {
      return;
    }
    for (const name of ATTRIBUTES) {
      if (box.hasAttribute(name)) {
        button.setAttribute(name, box.getAttribute(name));
        box.removeAttribute(name);
      }
    }
  }

  const all = () => document.querySelectorAll("[aria-haspopup='menu'], .menu-box [aria-expanded]").forEach(tell);
  new MutationObserver(all).observe(document.documentElement, {
    subtree: true,
    childList: true,
    attributeFilter: ["aria-haspopup", "aria-expanded"],
  });
})();
