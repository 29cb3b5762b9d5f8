// dash-renderer lets a component ask to be told of every change below it. To find out, it compares
// the component's place with that of everything that ever changed, on every change of anything:
// with the "?" beside every number that was most of what a click cost in the browser. What our
// tooltips hold never changes, so they need not ask (`dashChildrenUpdate`, read in
// dash-renderer's src/wrapper/wrapping.ts).

interface Components {
  Tooltip?: { dashChildrenUpdate?: boolean };
}

export function quiet(): void {
  const { dash_mantine_components: components } = window as {
    dash_mantine_components?: Components;
  };
  delete components?.Tooltip?.dashChildrenUpdate;
}
