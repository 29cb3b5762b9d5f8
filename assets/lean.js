// dash-renderer lets a component ask to be told of every change below it. To find out, it compares
// the component's place with that of everything that ever changed, on every change of anything:
// with the "?" beside every number that was most of what a click cost in the browser. What our
// tooltips hold never changes, so they need not ask.
delete window.dash_mantine_components?.Tooltip?.dashChildrenUpdate;
