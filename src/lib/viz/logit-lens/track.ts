import { rankAt } from './rows';
import type { LensRow } from './types';

/** The followed token's rank and probability by depth at one position; undefined where a row is not there yet. */
export function trackPath(
  rows: readonly (LensRow | undefined)[],
  position: number
): { ranks: (number | undefined)[]; probabilities: (number | undefined)[] } {
  return {
    ranks: rows.map((row) => rankAt(row, position)),
    probabilities: rows.map((row) =>
      rankAt(row, position) === undefined ? undefined : row?.probability?.[position]
    )
  };
}
