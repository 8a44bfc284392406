import { readingWords } from '$lib/words/en/views/reading';
import { exampleAround, formatNumber, largestPlace, type ReadingExample } from '../common';
import type { AttentionStory } from './story';

/** The component whose product counts most for the score. */
export function scoreExample(story: AttentionStory | null): ReadingExample | null {
  if (!story) return null;
  const { q, k, product, dot, divisor, score } = story;
  const { how, says } = readingWords.qkv;
  const [total, result] = [formatNumber(dot), formatNumber(score)];
  return exampleAround(
    product.length,
    largestPlace(product),
    (i) => ({ label: String(i), value: formatNumber(product[i]) }),
    {
      how,
      says: (i) => {
        const [left, right, both] = [q[i], k[i], product[i]].map(formatNumber);
        return says(i, left, right, both, product.length, total, divisor, result);
      }
    }
  );
}
