import type { Token, Vocabulary } from '$lib/gpt2';
import { differenceWords } from '$lib/words/en/views/difference';
import { flowDifferenceWords as words } from '$lib/words/en/views/flow-difference';
import { formatPoints, formatProbability, formatWeight, tokenLabel } from '../common';
import { largestOf, signOf, type DifferenceLink } from './difference';
import { percent, type Sentence } from './sentence';
import type { FlowRow } from './types';

const MOST_TOLD = 2;

/** A difference of shares, in percentage points. */
export const points = (share: number): string => differenceWords.points(formatPoints(share));

/** The sentence above the picture: the links that changed most, and what became of the best next token. */
export function differenceSentence(
  a: FlowRow,
  b: FlowRow,
  links: readonly DifferenceLink[],
  threshold: number
): Sentence {
  const positions: Record<string, number> = { at: a.position };
  const changeTexts = links
    .filter(({ share }) => share > 0 && share >= threshold)
    .sort((one, other) => other.share - one.share)
    .slice(0, MOST_TOLD)
    .map((link, index) => {
      positions[`source${index}`] = link.source;
      return words.reads[signOf(link) < 0 ? 'less' : 'more'](
        link.layer,
        percent(link.share),
        `source${index}`
      );
    });
  const { end, next, other } = nextTokenSentence(a, b);
  const begin = changeTexts.length > 0 ? words.at(changeTexts) : words.nothing(percent(threshold));
  return { text: begin + end, positions, next, other };
}

/** What became of the best next token: the end of the sentence, and both runs' tokens. */
export function nextTokenSentence(a: FlowRow, b: FlowRow): { end: string; next: number; other: number } {
  const last = a.lensIds.length - 1;
  const [pA, pB] = [a, b].map(({ lensProbabilities }) => formatProbability(lensProbabilities[last]));
  const [next, other] = [a.lensIds[last], b.lensIds[last]];
  return { end: next === other ? words.stays(pA, pB) : words.becomes(pA, pB), next, other };
}

/** The picture's numbers, one row for each block. */
export function differenceTable(
  a: FlowRow,
  b: FlowRow,
  links: readonly DifferenceLink[],
  tokens: readonly Token[],
  vocabulary: Vocabulary
): { columns: string[]; rows: string[][] } {
  const best = ({ lensIds, lensProbabilities }: FlowRow, depth: number): string =>
    `${tokenLabel(vocabulary.token(lensIds[depth]))} ${formatProbability(lensProbabilities[depth])}`;
  const rows = Array.from(a.own, (own, layer) => {
    const link = largestOf(links, layer);
    return [
      String(layer),
      formatWeight(own),
      formatWeight(b.own[layer]),
      link ? `${link.source} ${tokenLabel(tokens[link.source])}` : '',
      link ? formatWeight(link.a) : '',
      link ? formatWeight(link.b) : '',
      link ? points(link.b - link.a) : '',
      best(a, layer + 1),
      best(b, layer + 1)
    ];
  });
  return { columns: [...words.columns], rows };
}
