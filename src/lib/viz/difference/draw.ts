import type { ColorTable } from '../marks/raster';
import type { GridLayout } from './grid';

const CHANNELS = 4;

/** Draws a grid's cells, [rows, columns]; nothing where a value is NaN. */
export function drawDifferences(
  canvas: HTMLCanvasElement,
  { width, height }: Pick<GridLayout, 'width' | 'height'>,
  values: Float32Array,
  columns: number,
  table: ColorTable
): void {
  const rows = values.length / columns;
  canvas.width = Math.max(1, Math.round(width));
  canvas.height = Math.max(1, Math.round(height));
  const context = canvas.getContext('2d');
  if (!context || rows === 0) return;
  const cells = document.createElement('canvas');
  cells.width = columns;
  cells.height = rows;
  const pixels = new ImageData(columns, rows);
  values.forEach((value, at) => {
    if (Number.isNaN(value)) return;
    const step = table.index(value) * CHANNELS;
    pixels.data.set(table.steps.subarray(step, step + CHANNELS), at * CHANNELS);
  });
  cells.getContext('2d')?.putImageData(pixels, 0, 0);
  context.imageSmoothingEnabled = false;
  context.drawImage(cells, 0, 0, canvas.width, canvas.height);
}
