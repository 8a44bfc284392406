import { formatInteger, formatProbability } from '../common/format';
import { CONTEXT_THRESHOLD, LINK_THRESHOLD, type LinkChoice } from './arcs-layout';

const wholePercent = (probability: number): string => `${Math.round(100 * probability)} %`;

/** Says what the arcs leave out: "Links under 1 % are not drawn: 4 keys, 1.2 % of the attention." */
export function leftOutText({ keys, probability }: LinkChoice['leftOut']): string {
  const under = `Links under ${wholePercent(LINK_THRESHOLD)} are not drawn`;
  if (keys === 0) return `${under}: here every key gets more.`;
  const count = `${formatInteger(keys)} ${keys === 1 ? 'key' : 'keys'}`;
  return `${under}: ${count}, ${formatProbability(probability)} of the attention.`;
}

/** Says what the faint links are. */
export function contextText(drawn: number): string {
  if (drawn === 0) return `No other query has a link of ${wholePercent(CONTEXT_THRESHOLD)} or more.`;
  const links = `${formatInteger(drawn)} ${drawn === 1 ? 'link' : 'links'}`;
  return `Faint: the ${links} of other queries from ${wholePercent(CONTEXT_THRESHOLD)} on, the strongest 300 at most.`;
}
