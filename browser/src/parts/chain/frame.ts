// Long work on the page: the bar, the words beside it and the buttons, and its rows for the part
// of the server that draws.

import { ids } from "../../contract.ts";
import { set } from "../../kernel/dash.ts";
import { find } from "../../kernel/page.ts";
import { forgive } from "../shell/status_line.ts";
import type { Face } from "./chain.ts";
import { isLeft, isUnderWay, type Job } from "./job.ts";
import { gathered } from "./names.ts";
import { percentOf, words } from "./words.ts";

const PUBLISH_MS = 400; // between two drawings of a job that grows quickly
const SETTLE_MS = 150; // for the last drawing, before what follows from the whole is asked for

// `whole`: the stage shows nothing else, and fades while what it shows is not what is asked for.
export function frameOf(name: string, whole: boolean): Face {
  let published = 0;
  let later = 0;
  const give = (part: string, data: unknown) => set(ids.chain(name, part), { data });
  const stage = (className: string) => whole && set(ids.stage(name), { className });

  function grown(job: Job, now: boolean): void {
    if (!job.onPage) {
      return; // by now; the rows are kept
    }
    const time = performance.now();
    window.clearTimeout(later);
    if (!now && time - published < PUBLISH_MS) {
      later = window.setTimeout(() => grown(job, true), PUBLISH_MS); // if nothing else comes
      return;
    }
    published = time;
    publish(job);
  }

  // Effect: what there is so far goes to the part of the server that draws.
  function publish(job: Job): void {
    const data = gathered(job);
    give("result", data);
    if (data.finished || job.status === "stopped") {
      window.setTimeout(() => job.onPage && give("final", data), SETTLE_MS);
    }
  }

  return {
    opened(job) {
      if (job.done || job.status === "waiting") {
        grown(job, true);
      } else {
        stage(isLeft(job) ? "stage stale" : "stage busy");
      }
    },
    started: forgive,
    stopped(job) {
      if (job.done) {
        grown(job, true);
      } else {
        stage("stage stale");
      }
    },
    grown,
    refused({ said }) {
      set(ids.ERROR, { children: said, hide: false });
      stage("stage stale");
    },
    report: (job) => report(find(ids.chain(name, "frame")), job),
  };
}

// Effect: straight into the page: a property of a Dash component costs a round through all
// components, and this comes often.
function report(frame: HTMLElement | null, job: Job): void {
  const bar = frame?.querySelector<HTMLElement>(".chain-fill");
  const text = frame?.querySelector(".chain-text");
  if (!frame || !bar || !text) {
    return;
  }
  const percent = percentOf(job);
  const said = words(job);
  frame.dataset.can = canDo(job);
  bar.style.width = `${percent}%`;
  frame.querySelector(".chain-bar")?.setAttribute("aria-valuenow", String(percent));
  if (text.textContent !== said) {
    text.textContent = said;
  }
}

// Which button there is.
function canDo(job: Job): string {
  if (job.status === "new" || isUnderWay(job)) {
    return "stop";
  }
  if (!isLeft(job) && job.status !== "waiting") {
    return "";
  }
  return job.done ? "resume" : job.status === "waiting" ? "begin" : "retry";
}
