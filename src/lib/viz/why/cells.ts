import type { GridPlace } from '../marks/keys';

/** A grid of NaN with the values that have come. */
export function filledGrid(
  rows: number,
  columns: number,
  cells: readonly (GridPlace & { readonly value: number })[]
): number[][] {
  const grid = Array.from({ length: rows }, () => new Array<number>(columns).fill(NaN));
  for (const { row, column, value } of cells) if (grid[row]) grid[row][column] = value;
  return grid;
}

/** The largest distance from 0, which a signed scale reaches; 1 where there is nothing to show. */
export function extentOf(values: readonly (readonly number[])[]): number {
  const sizes = values.flat().filter(Number.isFinite).map(Math.abs);
  return sizes.reduce((most, size) => Math.max(most, size), 0) || 1;
}
