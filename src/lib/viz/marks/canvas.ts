/** A canvas that is drawn at the screen's own resolution. */
import { minusPen } from './minus-lines';

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
  /** Whether it carries a minus sign where the picture may be seen without colours. */
  negative?: boolean;
}

/** Draws cells with edges on whole device pixels, so that no seams show; with `signs`, negative ones carry a minus sign. */
export function drawCells(
  canvas: HTMLCanvasElement,
  size: { width: number; height: number },
  cells: Iterable<Cell>,
  signs = false
): void {
  const open = openCanvas(canvas, size);
  if (!open) return;
  const { context, ratio } = open;
  const drawSign = signs ? minusPen(context, ratio) : null;
  for (const { x, y, width, height, color, negative } of cells) {
    const left = Math.round(x * ratio);
    const top = Math.round(y * ratio);
    const right = Math.round((x + width) * ratio);
    const bottom = Math.round((y + height) * ratio);
    context.fillStyle = color;
    context.fillRect(left, top, right - left, bottom - top);
    if (negative) drawSign?.([-1], { top, height: bottom - top, at: (edge) => (edge === 0 ? left : right) });
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
