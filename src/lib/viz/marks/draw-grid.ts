import { openCanvas } from './canvas';
import { drawCellImage, type CellGrid } from './cell-image';
import type { ColorTable } from './raster';

/** Where a grid stands in its picture, px. */
interface GridBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/**
 * Draws a grid's cells on its canvas.
 *
 * @param box left out: the whole picture
 * @param look as of `drawCellImage`
 */
export function drawGrid(
  canvas: HTMLCanvasElement,
  size: { readonly width: number; readonly height: number },
  grid: CellGrid,
  table: ColorTable,
  look: { readonly nan: readonly number[] | null; readonly signs: boolean },
  { left, top, right, bottom }: GridBox = { left: 0, top: 0, right: size.width, bottom: size.height }
): void {
  const open = openCanvas(canvas, size);
  if (!open || grid.values.length === 0) return;
  const { context, ratio } = open;
  const box = {
    left: left * ratio,
    top: top * ratio,
    width: (right - left) * ratio,
    height: (bottom - top) * ratio
  };
  drawCellImage(context, grid, table, { ...box, ratio }, look);
}
