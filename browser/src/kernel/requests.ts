// The one way to ask the server for something of ours, and to send it something: an answer, asked
// for again while that may help. Equal requests have equal answers, so sending one twice does no
// harm. (What Dash asks for by itself passes through parts/shell/dash_requests.ts.)

import { serverPrefix } from "./dash.ts";
import { attempts, busy, mayPass, pauseOf, type Told, wait } from "./retry.ts";

// A text or a file goes as it is, anything else as JSON.
export type Body = string | Blob | Readonly<Record<string, unknown>>;

export interface Answer {
  readonly status: number; // 0: there was no connection, or half an answer
  readonly ok: boolean;
  readonly text: string;
  readonly json: unknown; // null where the text is none
  readonly headers: Headers;
}

export interface Once {
  readonly headers?: Readonly<Record<string, string>>;
  readonly progress?: (sent: number, all: number) => void; // of a body on its way
  readonly signal?: AbortSignal;
}

export interface Options extends Once {
  readonly say?: (words: string) => void; // why it takes longer
  readonly trying?: string; // said when the server does not say why
  readonly wanted?: () => boolean; // before each further attempt
  readonly most?: number; // attempts
}

const TRYING = "The server is busy or restarting, trying again";

// An address of the server's, below the path of the page.
export const under = (name: string): string => `${serverPrefix()}${name}`;

// What the server says of the wait, when it is too busy to answer.
export const toldBy = ({ json, headers }: Answer): Told =>
  busy(json as Parameters<typeof busy>[0], headers.get("Retry-After"));

// The answer, or the last refusal when asking again does not help; nothing when it was called off.
export async function send(
  address: string,
  body: Body,
  options: Options = {},
): Promise<Answer | null> {
  const { say, trying = TRYING, wanted = () => true, most = attempts.file, signal } = options;
  const off = () => signal?.aborted === true || !wanted();
  for (let failures = 0; ; ) {
    const answer = await once(address, body, options);
    const told = toldBy(answer);
    failures = told.queued ? 0 : failures + 1;
    if (!signal?.aborted && (failures >= most || !again(answer))) {
      return answer;
    }
    if (!off()) {
      say?.(`${told.words ?? trying} …`);
      await Promise.race([wait(pauseOf(failures - 1, told)), aborted(signal)]);
    }
    if (off()) {
      return null;
    }
  }
}

// Whether the next attempt may succeed.
export const again = ({ status }: Answer): boolean => status === 0 || mayPass(status);

// One attempt. It never throws: without a connection the answer has the status 0.
export const once = (address: string, body: Body, how: Once = {}): Promise<Answer> => {
  const raw = typeof body === "string" || body instanceof Blob;
  const headers = raw
    ? { ...how.headers }
    : { "Content-Type": "application/json", Accept: "application/json", ...how.headers };
  const content = raw ? body : JSON.stringify(body);
  return how.progress
    ? watched(address, content, { ...how, headers }, how.progress)
    : plain(address, content, { ...how, headers });
};

// What is at an address now; without a connection the answer has the status 0.
export async function look(address: string): Promise<Answer> {
  try {
    const answer = await fetch(address);
    return answered(answer.status, await answer.text(), answer.headers);
  } catch {
    return LOST();
  }
}

// Makes signals, each of which calls off what had the one before: the latest wins.
export function latest(): () => AbortSignal {
  let before = new AbortController();
  return () => {
    before.abort();
    before = new AbortController();
    return before.signal;
  };
}

async function plain(address: string, body: string | Blob, how: Once): Promise<Answer> {
  try {
    const { headers, signal } = how;
    const answer = await fetch(address, { method: "POST", body, headers, signal: signal ?? null });
    return answered(answer.status, await answer.text(), answer.headers);
  } catch {
    return LOST();
  }
}

// fetch does not tell how much of a body has been sent.
function watched(
  address: string,
  body: string | Blob,
  { headers, signal }: Once,
  progress: (sent: number, all: number) => void,
): Promise<Answer> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", address);
    for (const [name, value] of Object.entries(headers ?? {})) {
      request.setRequestHeader(name, value);
    }
    const told = ({ loaded, total }: ProgressEvent) => progress(loaded, total);
    request.upload.onprogress = told;
    request.upload.onload = told;
    request.onload = () =>
      resolve(answered(request.status, request.responseText, headersOf(request)));
    request.onerror = () => resolve(LOST());
    request.onabort = () => resolve(LOST());
    signal?.addEventListener("abort", () => request.abort());
    if (signal?.aborted) {
      resolve(LOST());
    } else {
      request.send(body);
    }
  });
}

const headersOf = (request: XMLHttpRequest): Headers =>
  new Headers(
    request
      .getAllResponseHeaders()
      .split("\r\n")
      .filter(Boolean)
      .map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()]),
  );

function answered(status: number, text: string, headers: Headers): Answer {
  return { status, ok: status >= 200 && status < 300, text, json: parsed(text), headers };
}

const LOST = (): Answer => answered(0, "", new Headers());

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const aborted = (signal?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    signal?.addEventListener("abort", () => resolve(), { once: true });
  });
