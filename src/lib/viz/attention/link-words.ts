import { attentionWords as words } from '$lib/words';
import { formatWeight } from '../common/format';
import { CONTEXT_THRESHOLD, LINK_THRESHOLD, MOST_CONTEXT_LINKS, type LinkChoice } from './arcs-layout';

const wholePercent = (probability: number): string => `${Math.round(100 * probability)} %`;

/** Says what the arcs leave out: "Links under 1 % are not drawn: 4 keys, 1.2 % of the attention." */
export function leftOutText({ keys, probability }: LinkChoice['leftOut']): string {
  const least = wholePercent(LINK_THRESHOLD);
  return keys === 0 ? words.noneLeftOut(least) : words.leftOut(least, keys, formatWeight(probability));
}

/** Says what the faint links are. */
export function contextText(drawn: number): string {
  const least = wholePercent(CONTEXT_THRESHOLD);
  return drawn === 0 ? words.noContext(least) : words.context(least, drawn, MOST_CONTEXT_LINKS);
}
