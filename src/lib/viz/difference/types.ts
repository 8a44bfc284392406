import type { GridPlace } from '../marks';

/** One side of a grid. */
export interface GridAxis {
  /** What stands along it, in a word: "query". */
  readonly name: string;
  readonly labels: readonly string[];
  /** Places that one of the runs alone has. */
  readonly only?: readonly ('a' | 'b' | null)[];
}

/** One activation in two runs, place by place. */
export interface DifferenceGrid {
  /** As the link and the table name it: "pattern". */
  readonly name: string;
  /** What it holds, and its unit. */
  readonly says: string;
  readonly rows: GridAxis;
  readonly columns: GridAxis;
  /** [rows, columns] row-major; NaN where that run has no such place, or nothing is there in either. */
  readonly a: Float32Array;
  readonly b: Float32Array;
  readonly chosen: GridPlace | null;
}
