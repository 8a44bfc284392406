import { robustExtent } from '../color';
import type { AlignedPlace } from '../common/align-tokens';
import type { GridPlace } from '../marks';
import type { DifferenceGrid, GridAxis } from './types';

/** Positions in one of the two runs. */
type Positions = readonly (number | null)[];

/**
 * Rows of an array at some positions; NaN at a position that is not there.
 *
 * Shapes: data [T, width] → [positions, width].
 */
export function rowsAt(data: ArrayLike<number>, width: number, positions: Positions): Float32Array {
  const picked = new Float32Array(positions.length * width).fill(NaN);
  positions.forEach((at, row) => {
    for (let i = 0; at !== null && i < width; i++) picked[row * width + i] = data[at * width + i];
  });
  return picked;
}

/**
 * Weights or scores between some positions; NaN where the key comes after the query or one of them is not there.
 *
 * Shapes: data [T, T], row = query → [positions, positions].
 */
export function squareAt(data: ArrayLike<number>, T: number, positions: Positions): Float32Array {
  const count = positions.length;
  const picked = new Float32Array(count * count).fill(NaN);
  positions.forEach((query, row) =>
    positions.forEach((key, column) => {
      if (query !== null && key !== null && key <= query)
        picked[row * count + column] = data[query * T + key];
    })
  );
  return picked;
}

/**
 * Columns of an array at some positions; NaN at a position that is not there.
 *
 * Shapes: data [rows, T] → [rows, positions].
 */
export function columnsAt(data: ArrayLike<number>, T: number, positions: Positions): Float32Array {
  const rows = Math.floor(data.length / T);
  const picked = new Float32Array(rows * positions.length).fill(NaN);
  for (let row = 0; row < rows; row++)
    positions.forEach((at, column) => {
      if (at !== null) picked[row * positions.length + column] = data[row * T + at];
    });
  return picked;
}

/** Some columns of an array: [rows, width] → [rows, columns]. */
export function pickColumns(data: Float32Array, width: number, columns: readonly number[]): Float32Array {
  return Float32Array.from({ length: (data.length / width) * columns.length }, (_, i) => {
    const row = Math.floor(i / columns.length);
    return data[row * width + columns[i % columns.length]];
  });
}

/** B − A, [rows, columns]; NaN where either is. */
export function differences({ a, b }: Pick<DifferenceGrid, 'a' | 'b'>): Float32Array {
  return a.map((value, i) => b[i] - value);
}

/** Places of a grid in which the two differ most, the largest first. */
export function largestOf(values: ArrayLike<number>, count: number): number[] {
  return Array.from(values, (_, at) => at)
    .filter((at) => !Number.isNaN(values[at]))
    .sort((i, j) => Math.abs(values[j]) - Math.abs(values[i]))
    .slice(0, count);
}

/** Cells above which a few outliers may leave the scale: a picture of components, whose largest would hide the rest. */
const MANY_CELLS = 1000;

/** What a signed scale of these reaches: the largest, or of very many cells the 99th of each hundred. */
export function extentOf(values: Float32Array): number {
  return robustExtent(values, values.length > MANY_CELLS ? 0.99 : 1);
}

/** The axis of aligned positions. */
export function positionAxis(
  name: string,
  places: readonly AlignedPlace[],
  label: (place: AlignedPlace) => string
): GridAxis {
  return {
    name,
    labels: places.map(label),
    only: places.map(({ a, b }) => (b === null ? 'a' : a === null ? 'b' : null))
  };
}

/** Where a position of A stands among the places. */
export function placeOf(places: readonly AlignedPlace[], position: number): number {
  return Math.max(
    0,
    places.findIndex(({ a }) => a === position)
  );
}

/** Size of one cell and of the whole, px. */
export interface GridLayout {
  readonly cellWidth: number;
  readonly cellHeight: number;
  readonly width: number;
  readonly height: number;
}

const NARROWEST = 3;
const WIDEST = 28;
const TALL = 18;
const LOW = 4;
const MOST_TALL = 64; // rows

/** Cells fill the room where they can; what is too wide or too high for it is scrolled. @param room px */
export function layoutGrid(rows: number, columns: number, room: number): GridLayout {
  const cellWidth = Math.min(WIDEST, Math.max(NARROWEST, room / columns));
  const cellHeight = rows > MOST_TALL ? LOW : TALL;
  return { cellWidth, cellHeight, width: cellWidth * columns, height: cellHeight * rows };
}

/** The cell at a point of the picture, px. */
export function cellAtPoint(
  { cellWidth, cellHeight }: GridLayout,
  rows: number,
  columns: number,
  x: number,
  y: number
): GridPlace {
  const within = (place: number, count: number) => Math.max(0, Math.min(count - 1, Math.floor(place)));
  return { row: within(y / cellHeight, rows), column: within(x / cellWidth, columns) };
}
