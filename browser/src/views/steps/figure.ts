// Numbers as people read them, as the server writes them.

// About so many significant digits, as the server writes them.
export function figure(value: number, digits = 4): string {
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e9 || size < 1e-4)) {
    return value.toPrecision(Math.max(digits - 1, 1)).replace("-", MINUS);
  }
  const most = digits - 1;
  const decimals = size ? Math.max(0, Math.min(4, most - Math.floor(Math.log10(size)))) : 0;
  const style = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return value.toLocaleString("en", style).replace("-", MINUS);
}

const MINUS = "\u2212";
