import { readingWords } from '$lib/words/en/views/reading';
import { exampleAround, formatProbability, largestPlace, type ReadingExample } from '../common';
import type { FlowLink } from './types';

/** The link that brings the row most. @param links those that are drawn */
export function linkExample(links: readonly FlowLink[], labels: readonly string[]): ReadingExample | null {
  const { how, says } = readingWords.flow;
  return exampleAround(
    links.length,
    largestPlace(links.map(({ share }) => share)),
    (i) => ({
      label: `${links[i].layer} ← ${labels[links[i].source]}`,
      value: formatProbability(links[i].share)
    }),
    {
      how,
      says: (i) => {
        const { layer, source, share, head } = links[i];
        return says(layer, labels[source], formatProbability(share), `${layer}.${head}`);
      }
    }
  );
}
