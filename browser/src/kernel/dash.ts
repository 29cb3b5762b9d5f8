// Dash, as far as its browser half talks to ours: the one global there is. It is filled in before
// and after our script runs, so it is looked at anew each time.

export type Id = string | Readonly<Record<string, string>>;
export type Props = Readonly<Record<string, unknown>>;
export type Unchanged = { readonly unchanged: unique symbol };

interface Triggered {
  readonly prop_id: string;
}

interface CallbackContext {
  readonly triggered_id: Id | undefined;
  readonly triggered: readonly Triggered[];
  readonly inputs_list: readonly { readonly id: Readonly<Record<string, string>> }[];
}

interface DashClientside {
  no_update: Unchanged;
  set_props(id: Id, props: Props): void;
  callback_context: CallbackContext;
}

declare global {
  interface Window {
    dash_clientside?: Partial<DashClientside> & Record<string, unknown>;
  }
}

const dash = () => window.dash_clientside as unknown as DashClientside;

// What a function returns for an output that stays as it is.
export const keep = (): Unchanged => dash().no_update;

// Effect: properties of a component change, as if a callback had returned them.
export const set = (id: Id, props: Props): void => dash().set_props(id, props);

export const context = (): CallbackContext => dash().callback_context;

interface Component {
  readonly props?: Record<string, unknown>;
}

declare global {
  interface Window {
    dash_component_api?: { getLayout(id: Id): Component | undefined };
  }
}

// What Dash holds of a property, as an object that is its own; nobody hears of changes in it.
export function heldBy(id: Id, property: string): Record<string, unknown> | null {
  const held = window.dash_component_api?.getLayout(id)?.props?.[property];
  return held && typeof held === "object" ? (held as Record<string, unknown>) : null;
}

// Effect: Dash finds our functions by namespace and name.
export function register(functions: object): void {
  window.dash_clientside = Object.assign(window.dash_clientside ?? {}, functions);
}

// Where the server listens, as Dash told the page.
export function serverPrefix(): string {
  const config = document.getElementById("_dash-config")?.textContent ?? "{}";
  return String(JSON.parse(config).requests_pathname_prefix);
}

interface Store {
  getState(): Readonly<Record<string, unknown>>;
  subscribe(listener: () => void): () => void;
}

declare global {
  interface Window {
    store?: Store;
  }
}

// What Dash keeps for itself: which callbacks are asked for, wait or run, and where components are.
// No component looks at any of it when it is drawn.
const BOOKS: readonly string[] = ["callbacks", "changed", "callbackJobs", "profile", "paths"];

const onShow = (state: Readonly<Record<string, unknown>>): unknown[] =>
  Object.entries(state)
    .filter(([name]) => !BOOKS.includes(name))
    .flat();

const sameParts = (now: unknown[], before: unknown[]): boolean =>
  now.length === before.length && now.every((part, i) => part === before[i]);

// Effect: who subscribes next hears only of changes of what can be seen; all others as ever.
export function hushNext(store: Store): void {
  const subscribe = store.subscribe.bind(store);
  store.subscribe = (listener) => {
    store.subscribe = subscribe;
    let before = onShow(store.getState());
    return subscribe(() => {
      const now = onShow(store.getState());
      if (!sameParts(now, before)) {
        before = now;
        listener();
      }
    });
  };
}

// Effect: what is drawn is not looked at anew for each entry in Dash's own books. Every component
// on the page, some two thousand, hears of every change of its store, and of thirty for one new
// value two thirds concern none of them. Dash's own readers subscribe before the store is told to
// the window; the next to do so is what draws.
export function drawOnlyWhatChanges(): void {
  let told: Store | undefined;
  Object.defineProperty(window, "store", {
    configurable: true,
    get: () => told,
    set: (store: Store) => {
      told = store;
      hushNext(store);
    },
  });
}
