// Colours, and what is between two values.

export type Rgb = readonly [red: number, green: number, blue: number];

export function channels(hex: string): Rgb {
  const part = (i: number) => Number.parseInt(hex.slice(i, i + 2), 16);
  return [part(1), part(3), part(5)];
}

export const faded = ([red, green, blue]: Rgb, alpha: number): string =>
  `rgba(${red},${green},${blue},${alpha})`;

export const mix = (a: number, b: number, t: number): number => a + (b - a) * t;

// Starts and ends at rest.
export function ease(t: number): number {
  if (t <= 0) {
    return 0;
  }
  return t >= 1 ? 1 : t * t * (3 - 2 * t);
}
