import { readingWords } from '$lib/words/en/views/reading';
import { depthLabel, depthName, exampleAround, formatProbability, type ReadingExample } from '../common';
import { candidates, depthStep, topId } from './rows';
import type { LensRow } from './types';

/**
 * One position's column, at the first depth from which the best next token is that of the end.
 *
 * @param rows from the embedding to the output; all that the column needs must be there
 * @param label of a token, by its id
 */
export function lensExample(
  rows: readonly (LensRow | undefined)[],
  n_layer: number,
  position: number,
  label: (id: number) => string
): ReadingExample | null {
  const best = rows.map((row) => candidates(row, position)[0]);
  const final = topId(rows.at(-1), position);
  if (final === null || best.some((each) => each === undefined)) return null;
  let settled = rows.length - 1;
  while (settled > 0 && best[settled - 1].id === final) settled -= 1;
  const { how, says } = readingWords.lens;
  const share = (row: number) => formatProbability(best[row].probability);
  const step = depthStep(rows, n_layer);
  return exampleAround(
    rows.length,
    settled,
    (row) => ({ label: depthLabel(row * step), value: `${label(best[row].id)} ${share(row)}` }),
    {
      how,
      says: (row) => says(depthName(row * step), position, label(final), share(row), share(rows.length - 1))
    }
  );
}
