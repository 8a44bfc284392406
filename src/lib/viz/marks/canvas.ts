/** A canvas that is drawn at the screen's own resolution. */

export interface OpenCanvas {
  readonly context: CanvasRenderingContext2D;
  /** Device pixels in one px of the page. */
  readonly ratio: number;
}

/** Sizes a canvas to its place on the screen and empties it; null where the browser draws none. Units: size in px. */
export function openCanvas(
  canvas: HTMLCanvasElement,
  size: { readonly width: number; readonly height: number }
): OpenCanvas | null {
  const ratio = globalThis.devicePixelRatio || 1;
  canvas.width = Math.max(1, Math.round(size.width * ratio));
  canvas.height = Math.max(1, Math.round(size.height * ratio));
  const context = canvas.getContext('2d');
  return context && { context, ratio };
}

/** One filled rectangle of a picture, px. */
export interface Cell {
  x: number;
  y: number;
  width: number;
  height: number;
  color: string;
}

/** Draws cells with edges on whole device pixels, so that no seams show. */
export function drawCells(
  canvas: HTMLCanvasElement,
  size: { width: number; height: number },
  cells: Iterable<Cell>
): void {
  const open = openCanvas(canvas, size);
  if (!open) return;
  const { context, ratio } = open;
  for (const { x, y, width, height, color } of cells) {
    const left = Math.round(x * ratio);
    const top = Math.round(y * ratio);
    context.fillStyle = color;
    context.fillRect(
      left,
      top,
      Math.round((x + width) * ratio) - left,
      Math.round((y + height) * ratio) - top
    );
  }
}

/** Draws one point after another with the same brush. Units: px; `opacity` 0 to 1. */
export function drawPoints(
  canvas: HTMLCanvasElement,
  size: { width: number; height: number },
  brush: { readonly color: string; readonly opacity: number },
  draw: (context: CanvasRenderingContext2D) => void
): void {
  const open = openCanvas(canvas, size);
  if (!open) return;
  const { context, ratio } = open;
  context.scale(ratio, ratio);
  context.fillStyle = brush.color;
  context.globalAlpha = brush.opacity;
  draw(context);
}
