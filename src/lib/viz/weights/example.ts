import type { MatrixMap } from '$lib/gpt2';
import { readingWords } from '$lib/words/en/views/reading';
import { exampleAround, formatNumber, largestPlace, type ReadingExample } from '../common';

/** The cell of the map with the largest value. */
export function parameterExample(map: MatrixMap | undefined): ReadingExample | null {
  const place = map ? largestPlace(map.values) : null;
  if (!map || place === null) return null;
  const line = Math.floor(place / map.columns);
  const value = (i: number) => map.values[line * map.columns + i];
  const row = map.top + Math.floor((line * (map.bottom - map.top)) / map.rows);
  const column = (i: number) => map.left + Math.floor((i * (map.right - map.left)) / map.columns);
  const { how, says } = readingWords.weights;
  return exampleAround(
    map.columns,
    place % map.columns,
    (i) => ({ label: `[${row}, ${column(i)}]`, value: formatNumber(value(i)) }),
    { how, says: (i) => says(row, column(i), formatNumber(value(i))) }
  );
}
