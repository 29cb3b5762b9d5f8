// A state as the query of a link. gmm_dash/state/url.py writes the same; a test compares them.

export type Flat = Readonly<Record<string, unknown>>;

export const listItem = (text: unknown): string =>
  String(text).replace(/%/g, "%25").replace(/,/g, "%2C");

export const sameValue = (a: unknown, b: unknown): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

// A list arrives as such from the server, or as it stands in a link.
export const listed = (value: unknown): string[] =>
  Array.isArray(value)
    ? value.map(String)
    : String(value || "")
        .split(",")
        .filter(Boolean);

// The state in a query, each value of the type of its default; what the query does not say stays as
// it is in `before`.
export function fromQuery<S extends object>(search: string, before: S, defaults: Flat): S {
  const query = new URLSearchParams(search);
  const pairs = Object.entries(before).map(([key, value]) => {
    const text = query.get(key);
    return [key, text === null ? value : typed(text, defaults[key])];
  });
  return Object.fromEntries(pairs) as S;
}

function typed(text: string, like: unknown): unknown {
  if (Array.isArray(like)) {
    const plain = (item: string) => item.replace(/%2C/g, ",").replace(/%25/g, "%");
    return listed(text).map(plain);
  }
  return typeof like === "number" && text !== "" && Number.isFinite(Number(text))
    ? Number(text)
    : text;
}

export function toQuery(flat: Flat): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(flat)) {
    const text = Array.isArray(value) ? value.map(listItem).join(",") : String(value ?? "");
    query.set(key, text);
  }
  return `?${query.toString()}`;
}
