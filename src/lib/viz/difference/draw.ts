import { openCanvas } from '../marks';
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
  const open = openCanvas(canvas, size);
  if (!open || grid.values.length === 0) return;
  const { width, height } = canvas;
  const box = { left: 0, top: 0, width, height, ratio: open.ratio };
  drawCellImage(open.context, grid, table, box, { nan: null, signs });
}
