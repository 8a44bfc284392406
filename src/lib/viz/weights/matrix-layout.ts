import type { MatrixMap, MatrixWindow } from '$lib/gpt2';
import type { ZoomPlace } from '../common';

/** The part of a matrix that a zoomed picture shows, in whole rows and columns. */
export function windowOf({ k, x, y }: ZoomPlace, [height, width]: readonly [number, number]): MatrixWindow {
  const along = (share: number, size: number): [number, number] => {
    const from = Math.min(size - 1, Math.floor(share * size));
    return [from, Math.max(from + 1, Math.min(size, Math.ceil((share + 1 / k) * size)))];
  };
  const [top, bottom] = along(y, height);
  const [left, right] = along(x, width);
  return { top, bottom, left, right };
}

/** The cell of a map that holds a row and column; null where they are outside it. */
export function cellOf(map: MatrixMap, row: number, column: number): { i: number; j: number } | null {
  if (row < map.top || row >= map.bottom || column < map.left || column >= map.right) return null;
  const find = (place: number, from: number, size: number, cells: number): number => {
    let cell = Math.min(cells - 1, Math.floor(((place - from) * cells) / size));
    while (cell + 1 < cells && Math.floor(((cell + 1) * size) / cells) <= place - from) cell++;
    return cell;
  };
  return {
    i: find(row, map.top, map.bottom - map.top, map.rows),
    j: find(column, map.left, map.right - map.left, map.columns)
  };
}

/** Rows and columns that cell (i, j) stands for. */
export function standsFor(map: MatrixMap, i: number, j: number): MatrixWindow {
  const [tall, wide] = [map.bottom - map.top, map.right - map.left];
  return {
    top: map.top + Math.floor((i * tall) / map.rows),
    bottom: map.top + Math.floor(((i + 1) * tall) / map.rows),
    left: map.left + Math.floor((j * wide) / map.columns),
    right: map.left + Math.floor(((j + 1) * wide) / map.columns)
  };
}

/** "5", or "5–8" of several. */
export function span(from: number, end: number): string {
  return end - from > 1 ? `${from}–${end - 1}` : String(from);
}

/** Height of the picture, px: as wide cells as high ones, within reason. */
export function pictureHeight([height, width]: readonly [number, number], room: number): number {
  if (height === 1) return 40;
  return Math.max(160, Math.min(520, (room * height) / width));
}
