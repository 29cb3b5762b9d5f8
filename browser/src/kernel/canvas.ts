// Canvases as sharp as the screen: as many pixels as it has, drawn on in those of the page.

const SHARPEST = 2; // more costs time and cannot be seen

// A pen on a wiped canvas of this size on the page; nothing where the browser has none.
export function sharpPen(
  canvas: HTMLCanvasElement,
  width: number,
  height: number,
): CanvasRenderingContext2D | null {
  const sharp = Math.min(window.devicePixelRatio || 1, SHARPEST);
  const [across, down] = [Math.round(width * sharp), Math.round(height * sharp)];
  if (canvas.width !== across || canvas.height !== down) {
    canvas.width = across;
    canvas.height = down;
  }
  const pen = canvas.getContext("2d");
  pen?.setTransform(sharp, 0, 0, sharp, 0, 0);
  pen?.clearRect(0, 0, width, height);
  return pen;
}
