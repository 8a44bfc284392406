/** One filled rectangle of a picture, px. */
export interface Cell {
  x: number;
  y: number;
  width: number;
  height: number;
  color: string;
}

/** Draws cells to a canvas at the screen's own resolution, with edges on whole device pixels so that no seams show. */
export function drawCells(
  canvas: HTMLCanvasElement,
  size: { width: number; height: number },
  cells: Iterable<Cell>
): void {
  const ratio = globalThis.devicePixelRatio || 1;
  canvas.width = Math.max(1, Math.round(size.width * ratio));
  canvas.height = Math.max(1, Math.round(size.height * ratio));
  const context = canvas.getContext('2d');
  if (!context) return;
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
