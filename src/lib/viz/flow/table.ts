import type { Token, Vocabulary } from '$lib/gpt2';
import { flowWords as words } from '$lib/words';
import { formatNumber, formatProbability, formatWeight, tokenLabel } from '../common';
import { mlpRatio, type FlowNorms } from './facts';
import { strongestLinks } from './links';
import type { BackGraph } from './back';
import type { FlowRow } from './types';

/** The picture's numbers, one row for each block. */
export function flowTable(
  row: FlowRow,
  norms: FlowNorms | undefined,
  tokens: readonly Token[],
  vocabulary: Vocabulary
): { columns: string[]; rows: string[][] } {
  const { columns } = words;
  const best = new Map(strongestLinks(row, 0).map((link) => [link.layer, link]));
  const rows = Array.from(row.own, (own, layer) => {
    const link = best.get(layer);
    return [
      String(layer),
      formatWeight(own),
      link ? `${link.source} ${tokenLabel(tokens[link.source])}` : '',
      link ? formatWeight(link.share) : '',
      link ? `${layer}.${link.head}` : '',
      norms ? formatNumber(mlpRatio(norms, tokens.length, layer, row.position)) : '',
      tokenLabel(vocabulary.token(row.lensIds[layer + 1])),
      formatProbability(row.lensProbabilities[layer + 1])
    ];
  });
  const { block, own, source, share, head, mlp, best: next, probability } = columns;
  return { columns: [block, own, source, share, head, mlp, next, probability], rows };
}

/** What a row that is followed back is made of: a row for each position, a column for each depth. */
export function backTable(
  { weights, position }: BackGraph,
  tokens: readonly Token[]
): { columns: string[]; rows: string[][] } {
  const T = tokens.length;
  const depths = Array.from({ length: weights.length / T }, (_, depth) => depth);
  const name = (depth: number) => (depth === 0 ? words.embed : words.opened(depth - 1));
  return {
    columns: [words.columns.token, ...depths.map(name)],
    rows: tokens
      .slice(0, position + 1)
      .map((token, at) => [
        `${at} ${tokenLabel(token)}`,
        ...depths.map((depth) => formatWeight(weights[depth * T + at]))
      ])
  };
}
