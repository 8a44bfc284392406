import type { GridPlace } from '../marks/keys';
import { PATCH_BY_HEAD, type GridSettings } from './types';

/** What a patching grid patches: blocks by position, blocks by head, or one block's heads by position. */
export interface PatchAxes {
  readonly isHead: boolean;
  /** The block whose heads are the rows; null: blocks are. */
  readonly ofLayer: number | null;
  /** Columns are positions, not heads. */
  readonly byPosition: boolean;
}

/** The axes of a patching grid. A pattern has no value at one position, so it is patched by head only. */
export function patchAxes({ what, in_layer }: Pick<GridSettings, 'what' | 'in_layer'>): PatchAxes {
  const isHead = PATCH_BY_HEAD.some((place) => place === what);
  const ofLayer = isHead && what !== 'pattern' ? in_layer : null;
  return { isHead, ofLayer, byPosition: !isHead || ofLayer !== null };
}

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

/** The rows of a grid for its table, each after its number; a cell whose value has not come is empty. */
export function gridRows(values: readonly (readonly number[])[]): (string | number)[][] {
  return values.map((row, at) => [String(at), ...row.map((value) => (Number.isNaN(value) ? '' : value))]);
}

/** The largest distance from 0, which a signed scale reaches; 1 where there is nothing to show. */
export function extentOf(values: readonly (readonly number[])[]): number {
  const sizes = values.flat().filter(Number.isFinite).map(Math.abs);
  return sizes.reduce((most, size) => Math.max(most, size), 0) || 1;
}
