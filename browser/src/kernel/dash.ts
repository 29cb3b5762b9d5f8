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

// Effect: Dash finds our functions by namespace and name.
export function register(functions: object): void {
  window.dash_clientside = Object.assign(window.dash_clientside ?? {}, functions);
}

// Where the server listens, as Dash told the page.
export function serverPrefix(): string {
  const config = document.getElementById("_dash-config")?.textContent ?? "{}";
  return String(JSON.parse(config).requests_pathname_prefix);
}
