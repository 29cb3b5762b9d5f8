// The plots and images of the open view, as pictures to take away.

import { isShown } from "../../kernel/page.ts";
import { allPlots, type Plot, toImage } from "../../kernel/plotly.ts";

export type Format = "png" | "svg";

export interface ShownPlot {
  readonly plot: Plot;
  readonly panel: HTMLElement | null;
  readonly title: string;
}

export interface ShownImage {
  readonly image: HTMLImageElement;
  readonly panel: HTMLElement | null;
  readonly title: string;
}

const titleOf = (panel: HTMLElement | null): string | undefined =>
  panel?.querySelector(".panel-title")?.textContent ?? undefined;

export const stage = (): HTMLElement =>
  document.querySelector<HTMLElement>(".stage:not([hidden])") ?? document.body;

// Visible plots with their titles, in reading order.
export const plots = (): ShownPlot[] =>
  allPlots(stage())
    .filter(isShown)
    .map((plot, i) => {
      const panel = plot.closest<HTMLElement>(".panel");
      const label = plot.closest(".plot-box")?.getAttribute("aria-label");
      return { plot, panel, title: titleOf(panel) ?? (label || `plot ${i + 1}`) };
    });

// Images that are no plots: what the Colours view has painted.
export const images = (): ShownImage[] =>
  [...stage().querySelectorAll<HTMLImageElement>("img.after")].filter(isShown).map((image) => {
    const panel = image.closest<HTMLElement>(".panel");
    return { image, panel, title: titleOf(panel) ?? "" };
  });

// A picture stands on its own: it brings the page's colour behind it.
export function picture(plot: Plot, format: Format): Promise<string> {
  const size = { width: plot.clientWidth || 640, height: plot.clientHeight || 480 };
  const paper = getComputedStyle(document.documentElement).getPropertyValue("--card").trim();
  const layout = { ...plot.layout, paper_bgcolor: paper || "#ffffff" };
  const scale = format === "png" ? 2 : 1;
  return toImage({ data: plot.data, layout }, { format, scale, ...size });
}

export const fileName = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "") || "plot";
