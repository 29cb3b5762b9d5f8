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

export function toQuery(flat: Flat): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(flat)) {
    const text = Array.isArray(value) ? value.map(listItem).join(",") : String(value ?? "");
    query.set(key, text);
  }
  return `?${query.toString()}`;
}
