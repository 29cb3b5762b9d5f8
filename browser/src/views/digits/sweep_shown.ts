// The sweep of Digits in words and as a chart.

import { ids, type Picture, type SweepRow } from "../../contract.ts";
import type { Figure } from "../../kernel/plotly.ts";
import { isUnderWay, type Job } from "../../parts/chain/job.ts";
import { tryingAgain } from "../../parts/chain/words.ts";

type Rows = readonly SweepRow[];

export function sweepWords(job: Job, rows: Rows, all: number, offer: string): string {
  const count = `${rows.length} of ${all} mixtures`;
  switch (job.status) {
    case "refused":
      return job.said;
    case "retrying":
      return `${count} · ${tryingAgain(job)}`;
    case "lost":
      return `${count} · the server does not answer`;
  }
  const going = isUnderWay(job);
  if (!rows.length) {
    return going ? "Fitting the first mixture …" : offer;
  }
  return rows.length < all ? `${count}${going ? " …" : "; stopped."}` : found(rows);
}

type Criterion = "aic" | "bic";

const bestOf = (rows: Rows, name: Criterion): SweepRow =>
  rows.reduce((a, b) => (b[name] < a[name] ? b : a));

// What the chart shows, for those who do not see it.
export function sweepDescribed(rows: Rows): string {
  const [first, last] = [rows[0], rows.at(-1)];
  if (!first || !last) {
    return "No mixture is drawn yet.";
  }
  const one = (name: Criterion) => {
    const { size, [name]: value } = bestOf(rows, name);
    return `${name.toUpperCase()} least with ${size} (${Math.round(value).toLocaleString("en")})`;
  };
  const hollow = rows.filter((row) => row.degenerate).length;
  return (
    `${rows.length} mixtures with ${first.size} to ${last.size} components: ` +
    `${one("aic")}, ${one("bic")}; ${hollow} hollow.`
  );
}

function found(rows: Rows): string {
  const best = (name: Criterion) => bestOf(rows, name).size;
  const hollow = rows.some((row) => row.degenerate)
    ? " Hollow: a component describes too few images, so the score flatters."
    : "";
  return (
    `AIC is least with ${best("aic")} components, BIC with ${best("bic")}. ` +
    `Click a point to use that number.${hollow}`
  );
}

// The server's empty chart with the rows there are.
export function sweepPicture(empty: Figure, rows: Rows, frame: string): Picture {
  const data = empty.data.map((trace) => {
    const { criterion } = trace.meta as { criterion: "aic" | "bic" };
    return {
      ...trace,
      x: rows.map((row) => row.size),
      y: rows.map((row) => row[criterion]),
      marker: {
        ...(trace.marker as object),
        symbol: rows.map((row) => (row.degenerate ? "circle-open" : "circle")),
      },
    };
  });
  const layout = structuredClone(empty.layout);
  layout.yaxis = { ...layout.yaxis, showticklabels: rows.length > 0 };
  if (rows.length) {
    layout.annotations = []; // the words of the empty chart
  }
  const words = sweepDescribed(rows);
  return { name: ids.DIGITS_SWEEP, figure: { data, layout }, frame, words };
}
