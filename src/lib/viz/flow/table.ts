import type { Token, Vocabulary } from '$lib/gpt2';
import { flowWords as words } from '$lib/words';
import { formatNumber, formatProbability, formatWeight, tokenLabel } from '../common';
import { mlpRatio, type FlowNorms } from './facts';
import { strongestLinks } from './links';
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
