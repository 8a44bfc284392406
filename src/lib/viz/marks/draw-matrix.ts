import type { MatrixMap } from '$lib/gpt2';
import type { ColorTable } from './raster';
import { openCanvas } from './canvas';

const CHANNELS = 4;

/** Draws a map's cells where its part of the matrix stands in the picture; one pixel a cell, enlarged without blur. */
export function drawMatrix(
  canvas: HTMLCanvasElement,
  size: { width: number; height: number },
  map: MatrixMap,
  table: ColorTable,
  place: { at: (column: number) => number; down: (row: number) => number }
): void {
  const open = openCanvas(canvas, size);
  if (!open) return;
  const { context, ratio } = open;
  const cells = document.createElement('canvas');
  cells.width = map.columns;
  cells.height = map.rows;
  const pixels = new ImageData(map.columns, map.rows);
  map.values.forEach((value, index) => {
    const step = table.index(value) * CHANNELS;
    const colour = Number.isNaN(value) ? table.nan : table.steps.subarray(step, step + CHANNELS);
    pixels.data.set(colour, index * CHANNELS);
  });
  cells.getContext('2d')?.putImageData(pixels, 0, 0);
  const [left, top] = [place.at(map.left) * ratio, place.down(map.top) * ratio];
  context.imageSmoothingEnabled = false;
  context.drawImage(
    cells,
    left,
    top,
    place.at(map.right) * ratio - left,
    place.down(map.bottom) * ratio - top
  );
}
