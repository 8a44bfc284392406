import type { Token, Vocabulary } from '$lib/gpt2';
import { flowWords as words } from '$lib/words';
import { formatNumber, formatProbability, formatSigned, formatWeight, tokenLabel } from '../common';
import { linkFacts, mlpRatio, type FlowNorms } from './facts';
import { strongestLinks } from './links';
import type { BackGraph } from './back';
import type { FlowLink, FlowRow } from './types';

export interface Table {
  readonly columns: string[];
  readonly rows: string[][];
}

/** A position with its token. */
export const placed = (tokens: readonly Token[], at: number): string => `${at} ${tokenLabel(tokens[at])}`;

const bandOrToken = (tokens: readonly Token[], first: number, last: number | undefined): string =>
  last === undefined ? placed(tokens, first) : words.band(first, last);

/** The picture's numbers, one row for each block. */
export function flowTable(
  row: FlowRow,
  norms: FlowNorms | undefined,
  tokens: readonly Token[],
  vocabulary: Vocabulary
): Table {
  const { columns } = words;
  const T = tokens.length;
  const normOf = (of: Float32Array | undefined, layer: number) =>
    of ? formatNumber(of[layer * T + row.position]) : '';
  const best = new Map(strongestLinks(row, 0).map((link) => [link.layer, link]));
  const rows = Array.from(row.own, (own, layer) => {
    const link = best.get(layer);
    return [
      String(layer),
      formatWeight(own),
      link ? placed(tokens, link.source) : '',
      link ? formatWeight(link.share) : '',
      link ? `${layer}.${link.head}` : '',
      normOf(norms?.mlp_out, layer),
      norms ? formatNumber(mlpRatio(norms, T, layer, row.position)) : '',
      normOf(norms?.resid, layer + 1),
      tokenLabel(vocabulary.token(row.lensIds[layer + 1])),
      formatProbability(row.lensProbabilities[layer + 1])
    ];
  });
  const { block, own, source, share, head, mlpNorm, mlp, norm, best: next, probability } = columns;
  return { columns: [block, own, source, share, head, mlpNorm, mlp, norm, next, probability], rows };
}

/**
 * What the cards say of the links that are drawn, a row for each.
 *
 * @param rowAt a row that has arrived; without it the heads of its links are not told
 */
export function linkTable(
  links: readonly FlowLink[],
  rowAt: (position: number) => FlowRow | undefined,
  tokens: readonly Token[],
  vocabulary: Vocabulary
): Table {
  const { token, block, from, share, head, attention, part, others, logit } = words.columns;
  const headed = ({ layer, source, last, position, lastPosition }: FlowLink): string[] => {
    const row = lastPosition === undefined ? rowAt(position) : undefined;
    if (!row) return ['', '', '', ''];
    const { heads, logit: adds } = linkFacts(row, layer, source, last);
    const [first, ...rest] = heads;
    return [
      formatWeight(first.attention),
      formatWeight(first.part),
      rest.map((each) => `${layer}.${each.head} ${formatWeight(each.part)}`).join(', '),
      `${formatSigned(adds)} nats, ${tokenLabel(vocabulary.token(row.token))}`
    ];
  };
  const rows = links.map((link) => [
    bandOrToken(tokens, link.position, link.lastPosition),
    String(link.layer),
    bandOrToken(tokens, link.source, link.last),
    formatWeight(link.share),
    `${link.layer}.${link.head}`,
    ...headed(link)
  ]);
  return { columns: [token, block, from, share, head, attention, part, others, logit], rows };
}

/** What a row that is followed back is made of: a row for each position, a column for each depth. */
export function backTable({ weights, position }: BackGraph, tokens: readonly Token[]): Table {
  const T = tokens.length;
  const depths = Array.from({ length: weights.length / T }, (_, depth) => depth);
  const name = (depth: number) => (depth === 0 ? words.embed : words.opened(depth - 1));
  return {
    columns: [words.columns.token, ...depths.map(name)],
    rows: tokens
      .slice(0, position + 1)
      .map((_, at) => [placed(tokens, at), ...depths.map((depth) => formatWeight(weights[depth * T + at]))])
  };
}
