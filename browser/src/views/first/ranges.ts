// What the axes of a plot show, and where their ticks are: plotly.js' own rules, so that nothing
// moves when it draws.

export type Range = readonly [low: number, high: number];
export type Tick = readonly [at: number, text: string];

export interface AxisAsked {
  readonly range: Range;
  readonly title: string;
  readonly ticks?: readonly Tick[];
}

const MOST = 9; // ticks
const FEWEST = 4;
const NEARLY = 0.999999; // of a step, for the last bit of a division

const span = ([low, high]: Range): number => high - low;

// So many ticks as there is room for, at a distance of 1, 2 or 5 times a power of ten.
export function ticksOf(axis: AxisAsked, range: Range, length: number, apart: number): Tick[] {
  const [low, high] = range;
  if (axis.ticks) {
    return axis.ticks.filter(([at]) => at >= low && at <= high);
  }
  const rough = span(range) / (Math.min(MOST, Math.max(FEWEST, length / apart)) + 1);
  const power = Math.floor(Math.log10(rough));
  const multiple = [1, 2, 5].find((m) => m * 10 ** power >= rough * NEARLY) ?? 10;
  const step = multiple * 10 ** power;
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const first = Math.ceil(low / step);
  const count = Math.max(0, Math.floor(high / step) - first + 1);
  return Array.from({ length: count }, (_, i) => {
    const at = (first + i) * step;
    return [at, at.toFixed(digits).replace(/^-/, "−")];
  });
}

// Where both axes have one scale, one of them shows more than it asked for. `ratio` is that of a
// unit upwards to one across; without it each axis has a scale of its own.
export function fitted(
  across: Range,
  up: Range,
  wide: number,
  tall: number,
  ratio: number | undefined,
): [Range, Range] {
  if (!ratio) {
    return [across, up];
  }
  const pixel = Math.max(span(across) / wide, (span(up) * ratio) / tall);
  return [stretched(across, pixel * wide), stretched(up, (pixel * tall) / ratio)];
}

function stretched(range: Range, length: number): Range {
  const more = (length - span(range)) / 2;
  return [range[0] - more, range[1] + more];
}
