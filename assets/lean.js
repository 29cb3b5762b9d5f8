// dash-renderer lets a component ask to be told of every change below it. To find out, it compares
// the component's place with that of everything that ever changed, on every change of anything:
// with the "?" beside every number that was most of what a click cost in the browser. What is
// inside ours never changes, so they need not ask.
for (const name of ["Tooltip", "MenuDropdown", "MenuItem", "MenuLabel"]) {
  const component = (window.dash_mantine_components || {})[name];
  if (component) {
    delete component.dashChildrenUpdate;
  }
}
