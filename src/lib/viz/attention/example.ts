import { readingWords } from '$lib/words/en/views/reading';
import type { ColorScale } from '../color';
import { exampleAround, formatWeight, largestPlace, type ReadingExample } from '../common';

/** The selected query's row, at the key that it reads most. Shapes: pattern [T, T], row = query. */
export function attentionExample(
  pattern: Float32Array | undefined,
  query: number,
  labels: readonly string[],
  scale: ColorScale
): ReadingExample | null {
  const T = labels.length;
  if (pattern?.length !== T * T) return null;
  const row = pattern.subarray(query * T, query * T + query + 1);
  const { how, says } = readingWords.attention;
  return exampleAround(
    row.length,
    largestPlace(row),
    (key) => ({ label: labels[key], value: formatWeight(row[key]), color: scale.color(row[key]) }),
    { how, says: (key) => says(labels[query], query, labels[key], key, formatWeight(row[key])) }
  );
}
