import { drawCellImage } from '../marks/cell-image';
import type { ColorTable } from '../marks/raster';
import type { GridLayout } from './grid';

/** Draws a grid's cells, [rows, columns]; nothing where a value is NaN; `signs` as in `drawCellImage`. */
export function drawDifferences(
  canvas: HTMLCanvasElement,
  size: Pick<GridLayout, 'width' | 'height'>,
  grid: { readonly values: Float32Array; readonly columns: number },
  table: ColorTable,
  signs: boolean
): void {
  const width = Math.max(1, Math.round(size.width));
  const height = Math.max(1, Math.round(size.height));
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (!context || grid.values.length === 0) return;
  drawCellImage(context, grid, table, { left: 0, top: 0, width, height, ratio: 1 }, { nan: null, signs });
}
