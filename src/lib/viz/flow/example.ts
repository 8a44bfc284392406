import { flowWords as words } from '$lib/words';
import { readingWords } from '$lib/words/en/views/reading';
import { exampleAround, formatProbability, largestPlace, type ReadingExample } from '../common';
import type { FlowLink } from './types';

/** The link that brings the row most. @param links those that are drawn */
export function linkExample(links: readonly FlowLink[], labels: readonly string[]): ReadingExample | null {
  const { how, says } = readingWords.flow;
  const nameOf = ({ source, last }: FlowLink): string =>
    last === undefined ? labels[source] : words.band(source, last);
  return exampleAround(
    links.length,
    largestPlace(links.map(({ share }) => share)),
    (i) => ({
      label: `${links[i].layer} ← ${nameOf(links[i])}`,
      value: formatProbability(links[i].share)
    }),
    {
      how,
      says: (i) => {
        const { layer, share, head } = links[i];
        return says(layer, nameOf(links[i]), formatProbability(share), `${layer}.${head}`);
      }
    }
  );
}
