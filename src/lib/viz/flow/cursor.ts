/** Where the keys stand in the picture: depths are columns, and in each the rows from top to bottom, then the lens. */
import type { FlowBand } from './bands';
import { linkPart, rowPart } from './nearest';
import type { FlowLink, FlowPart } from './types';

export interface FlowCursor {
  /** 0: the embeddings; block + 1; n_layer + 1: ln_f. */
  readonly column: number;
  /** Of the picture; the one after the last is the lens. */
  readonly row: number;
  /** Among the parts of that row in that column. */
  readonly item: number;
}

/** Parts by column and row: `grid[column][row]`; only the lens's row is empty in some columns. */
export type FlowGrid = readonly (readonly (readonly FlowPart[])[])[];

interface Gridded {
  readonly n_layer: number;
  /** From top to bottom. */
  readonly bands: readonly FlowBand[];
  /** Every link that is drawn. */
  readonly links: readonly FlowLink[];
  /** Whether each depth has a lens token under it. */
  readonly hasLens: boolean;
}

/** Every part of the picture: of a row in a block its links by source, its MLP, its stream; under all of them the lens. */
export function flowGrid({ n_layer, bands, links, hasLens }: Gridded): FlowGrid {
  const byCell = new Map<string, FlowLink[]>();
  for (const link of links) {
    const key = `${link.layer},${link.position}`;
    const cell = byCell.get(key);
    if (cell) cell.push(link);
    else byCell.set(key, [link]);
  }
  const linksOf = (layer: number, { first, last }: FlowBand): FlowPart[] =>
    Array.from({ length: last - first + 1 }, (_, at) => byCell.get(`${layer},${first + at}`) ?? [])
      .flat()
      .sort((a, b) => a.source - b.source)
      .map(linkPart);
  return Array.from({ length: n_layer + 2 }, (_, column) => {
    const depth = Math.min(column, n_layer);
    const layer = column - 1;
    const isBlock = column >= 1 && column <= n_layer;
    const rows = bands.map((band): FlowPart[] => {
      return [
        ...(isBlock ? linksOf(layer, band) : []),
        ...(isBlock && band.first === band.last
          ? [{ kind: 'mlp', layer, position: band.first } as const]
          : []),
        rowPart(band, depth)
      ];
    });
    return [...rows, hasLens && column <= n_layer ? [{ kind: 'lens', depth } as const] : []];
  });
}

/** The part that the cursor stands on. */
export function partAt(grid: FlowGrid, { column, row, item }: FlowCursor): FlowPart | null {
  return grid[column]?.[row]?.[item] ?? null;
}

/**
 * Where a key moves the cursor: left and right by a block, up and down through the parts of a column, Page Up and Page
 * Down by a row, Home and End to the first and the last column.
 *
 * @returns undefined where the key moves nothing
 */
export function moveCursor(key: string, cursor: FlowCursor, grid: FlowGrid): FlowCursor | undefined {
  const { column, row, item } = cursor;
  switch (key) {
    case 'ArrowLeft':
      return inColumn(grid, cursor, column - 1);
    case 'ArrowRight':
      return inColumn(grid, cursor, column + 1);
    case 'Home':
      return inColumn(grid, cursor, 0);
    case 'End':
      return inColumn(grid, cursor, grid.length - 1);
    case 'ArrowUp':
      return item > 0 ? { column, row, item: item - 1 } : inRow(grid, cursor, -1, 'last');
    case 'ArrowDown':
      return item < grid[column][row].length - 1
        ? { column, row, item: item + 1 }
        : inRow(grid, cursor, 1, 'first');
    case 'PageUp':
      return inRow(grid, cursor, -1, 'first');
    case 'PageDown':
      return inRow(grid, cursor, 1, 'first');
    default:
      return undefined;
  }
}

/** The same row of another column, or the nearest one above it that has parts. */
function inColumn(grid: FlowGrid, { row, item }: FlowCursor, to: number): FlowCursor {
  const column = Math.min(grid.length - 1, Math.max(0, to));
  let found = row;
  while (found > 0 && grid[column][found].length === 0) found -= 1;
  return { column, row: found, item: Math.min(item, grid[column][found].length - 1) };
}

/** The next row of the same column; at the ends the cursor stays. */
function inRow(grid: FlowGrid, cursor: FlowCursor, step: 1 | -1, at: 'first' | 'last'): FlowCursor {
  const { column, row } = cursor;
  const parts = grid[column][row + step] ?? [];
  if (parts.length === 0) return cursor;
  return { column, row: row + step, item: at === 'first' ? 0 : parts.length - 1 };
}

/** True if both are the same part. */
export function isSamePart(a: FlowPart | null, b: FlowPart | null): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
