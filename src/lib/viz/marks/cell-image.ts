import type { ColorTable } from './raster';
import { minusPen } from './minus-lines';

const CHANNELS = 4;

/** Values of a grid, [rows, columns] row-major. */
export interface CellGrid {
  readonly values: Float32Array;
  readonly columns: number;
}

/** Where the cells stand on the canvas. Units: device pixels; `ratio` of them in one px of the page. */
export interface CellBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly ratio: number;
}

/**
 * Draws the cells of a grid, one pixel a cell, enlarged without blur.
 *
 * @param nan colour of NaN, or null: nothing is drawn there
 * @param signs whether cells below zero carry a minus sign
 */
export function drawCellImage(
  context: CanvasRenderingContext2D,
  { values, columns }: CellGrid,
  table: ColorTable,
  box: CellBox,
  { nan, signs }: { readonly nan: readonly number[] | null; readonly signs: boolean }
): void {
  const rows = values.length / columns;
  const cells = document.createElement('canvas');
  cells.width = columns;
  cells.height = rows;
  const pixels = new ImageData(columns, rows);
  values.forEach((value, index) => {
    const step = table.index(value) * CHANNELS;
    const colour = Number.isNaN(value) ? nan : table.steps.subarray(step, step + CHANNELS);
    if (colour) pixels.data.set(colour, index * CHANNELS);
  });
  cells.getContext('2d')?.putImageData(pixels, 0, 0);
  context.imageSmoothingEnabled = false;
  context.drawImage(cells, box.left, box.top, box.width, box.height);
  if (!signs) return;
  const height = box.height / rows;
  const draw = minusPen(context, box.ratio);
  for (let row = 0; row < rows; row++) {
    draw(values.subarray(row * columns, (row + 1) * columns), {
      top: box.top + row * height,
      height,
      at: (column) => box.left + (column * box.width) / columns
    });
  }
}
