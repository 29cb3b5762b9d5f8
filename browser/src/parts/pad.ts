import type { State } from "../contract.ts";
export const open = (clicks: number, state: State | null): unknown =>
  (window.dash_clientside as any).draw.open(clicks, state);
