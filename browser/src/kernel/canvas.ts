// Effect: a canvas has as many pixels as the screen shows of it; what is drawn is measured in CSS
// pixels.
export function sharp(
  canvas: HTMLCanvasElement,
  width: number,
  height: number,
): CanvasRenderingContext2D {
  const ratio = window.devicePixelRatio || 1;
  const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== wide || canvas.height !== high) {
    canvas.width = wide;
    canvas.height = high;
  }
  const pen = canvas.getContext("2d") as CanvasRenderingContext2D; // null only for another kind
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  return pen;
}
