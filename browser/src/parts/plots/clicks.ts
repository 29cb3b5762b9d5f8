// Clicks on points of plots, by the plot's name.

import { onBuilt, type PlotPoint } from "../../kernel/plotly.ts";

export type OnPoint = (customdata: readonly unknown[]) => void;

const handlers = new Map<string, OnPoint>();

// Effect: a click on a point of this plot runs `act` with what the figure says of the point.
export const onPoint = (name: string, act: OnPoint): void => void handlers.set(name, act);

const about = (point: PlotPoint | undefined): readonly unknown[] | null =>
  Array.isArray(point?.customdata) ? point.customdata : null;

export function listen(): void {
  onBuilt((plot, name) => {
    plot.on?.("plotly_click", ({ points }) => {
      const found = about(points?.[0]);
      if (found) {
        handlers.get(name)?.(found);
      }
    });
  });
}
