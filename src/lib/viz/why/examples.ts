import { readingWords } from '$lib/words/en/views/reading';
import { exampleAround, formatNumber, formatProbability, largestPlace, type ReadingExample } from '../common';
import type { EffectRow } from '../common/next-effect';
import type { AttributionPart } from '$lib/gpt2';

/** The part that adds most. @param sorted the largest first */
export function partExample(
  sorted: readonly AttributionPart[],
  logit: number | undefined
): ReadingExample | null {
  if (logit === undefined) return null;
  const { how, says } = readingWords.wrote;
  return exampleAround(
    sorted.length,
    sorted.length > 0 ? 0 : null,
    (i) => ({ label: sorted[i].part, value: formatNumber(sorted[i].value) }),
    { how, says: (i) => says(sorted[i].part, formatNumber(sorted[i].value), formatNumber(logit)) }
  );
}

/** The best token of run A in both runs. */
export function effectExample(
  rows: readonly EffectRow[],
  best: EffectRow,
  label: (id: number) => string
): ReadingExample | null {
  const { how, says } = readingWords.effect;
  const share = (i: number) => [rows[i].before, rows[i].after].map(formatProbability);
  return exampleAround(
    rows.length,
    rows.findIndex(({ token }) => token === best.token),
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

/** The head whose removal changes the logit most. */
export function ablationExample(
  points: readonly { readonly key: string; readonly x: number; readonly y: number }[]
): ReadingExample | null {
  const { how, says } = readingWords.ablation;
  return exampleAround(
    points.length,
    largestPlace(points.map(({ y }) => y)),
    (i) => ({ label: points[i].key, value: formatNumber(points[i].y) }),
    { how, says: (i) => says(points[i].key, formatNumber(points[i].x), formatNumber(points[i].y)) }
  );
}

/**
 * The cell of a patching grid that moves the answer most, of those that are measured, beside others of its row.
 *
 * @param nameOf a column: its token, or its head
 */
export function patchExample(
  cells: readonly { readonly row: number; readonly column: number; readonly value: number }[],
  nameOf: (column: number) => string
): ReadingExample | null {
  const place = largestPlace(cells.map(({ value }) => value));
  if (place === null) return null;
  const row = cells.filter((cell) => cell.row === cells[place].row);
  const { how, says } = readingWords.matters;
  return exampleAround(
    row.length,
    row.indexOf(cells[place]),
    (i) => ({ label: nameOf(row[i].column), value: formatNumber(row[i].value) }),
    { how, says: (i) => says(row[i].row, nameOf(row[i].column), formatNumber(row[i].value)) }
  );
}
