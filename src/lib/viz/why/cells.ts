/** A cell of a grid, from 0. */
export interface CellPlace {
  readonly row: number;
  readonly column: number;
}

/** Where an arrow key, Home or End moves to in a grid; null for any other key. */
export function moveInCells(
  key: string,
  { row, column }: CellPlace,
  rows: number,
  columns: number
): CellPlace | null {
  const moves: Record<string, CellPlace> = {
    ArrowUp: { row: Math.max(0, row - 1), column },
    ArrowDown: { row: Math.min(rows - 1, row + 1), column },
    ArrowLeft: { row, column: Math.max(0, column - 1) },
    ArrowRight: { row, column: Math.min(columns - 1, column + 1) },
    Home: { row, column: 0 },
    End: { row, column: columns - 1 }
  };
  return moves[key] ?? null;
}

/** A grid of NaN with the values that have come. */
export function filledGrid(
  rows: number,
  columns: number,
  cells: readonly (CellPlace & { readonly value: number })[]
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
