import { readingWords } from '$lib/words/en/views/reading';
import type { ColorScale } from '../color';
import { exampleAround, formatNumber, largestPlace, type ReadingExample } from '../common';
import type { EmbeddingRows } from './rows';

/** The component with the largest sum. */
export function sumExample(rows: EmbeddingRows | undefined, scale: ColorScale): ReadingExample | null {
  if (!rows) return null;
  const { embed, pos_embed, resid_pre } = rows;
  const { how, says } = readingWords.embeddings;
  return exampleAround(
    resid_pre.length,
    largestPlace(resid_pre),
    (i) => ({ label: String(i), value: formatNumber(resid_pre[i]), color: scale.color(resid_pre[i]) }),
    {
      how,
      says: (i) => {
        const [wte, wpe, sum] = [embed[i], pos_embed[i], resid_pre[i]].map(formatNumber);
        return says(i, wte, wpe, sum);
      }
    }
  );
}
