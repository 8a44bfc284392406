import type { MatrixMap } from '$lib/gpt2';
import type { ColorTable } from './raster';
import { openCanvas } from './canvas';
import { drawCellImage } from './cell-image';

/** Draws a map's cells where its part of the matrix stands in the picture; `signs` as in `drawCellImage`. */
export function drawMatrix(
  canvas: HTMLCanvasElement,
  size: { width: number; height: number },
  map: MatrixMap,
  table: ColorTable,
  { at, down, signs }: { at: (column: number) => number; down: (row: number) => number; signs: boolean }
): void {
  const open = openCanvas(canvas, size);
  if (!open) return;
  const { context, ratio } = open;
  const [left, top] = [at(map.left) * ratio, down(map.top) * ratio];
  const width = at(map.right) * ratio - left;
  const height = down(map.bottom) * ratio - top;
  drawCellImage(context, map, table, { left, top, width, height, ratio }, { nan: table.nan, signs });
}
