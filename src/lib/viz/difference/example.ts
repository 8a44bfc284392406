import { readingWords } from '$lib/words/en/views/reading';
import { exampleAround, formatNumber, formatProbability, largestPlace, type ReadingExample } from '../common';
import type { EffectRow } from '../common/next-effect';
import { differences } from './grid';
import type { DifferenceGrid } from './types';

/** The place where the two runs differ most. */
export function differenceExample(grid: DifferenceGrid | undefined): ReadingExample | null {
  if (!grid) return null;
  const values = differences(grid);
  const place = largestPlace(values);
  if (place === null) return null;
  const width = grid.columns.labels.length;
  const row = Math.floor(place / width);
  const value = (column: number) => formatNumber(values[row * width + column]);
  const { how, says } = readingWords.difference;
  return exampleAround(
    width,
    place % width,
    (column) => ({ label: grid.columns.labels[column], value: value(column) }),
    {
      how,
      says: (column) => {
        const at = row * width + column;
        const [a, b] = [grid.a[at], grid.b[at]].map(formatNumber);
        return says(grid.rows.labels[row], grid.columns.labels[column], a, b, value(column));
      }
    }
  );
}

/** The token whose probability changes most. @param rows the largest change first */
export function nextTokenExample(
  rows: readonly EffectRow[],
  label: (id: number) => string
): ReadingExample | null {
  const { how, says } = readingWords.nextDifference;
  const share = (i: number) => [rows[i].before, rows[i].after].map(formatProbability);
  return exampleAround(
    rows.length,
    rows.length > 0 ? 0 : null,
    (i) => ({ label: label(rows[i].token), value: share(i).join(' → ') }),
    {
      how,
      says: (i) => {
        const [before, after] = share(i);
        return says(label(rows[i].token), before, after);
      }
    }
  );
}
