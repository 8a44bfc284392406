import { lensViewWords as words } from '$lib/words';
import { depthName, formatInteger, formatNumber, formatProbability } from '../common';
import { candidates, depthsTopDown, depthStep, nextRankAt, rankAt, rowAt } from './rows';
import type { LensRow } from './types';

/** Heads of the text alternative. */
export function lensColumns(): string[] {
  const { depth, token, probability, logit, entropy, kl, next, rank, followed, crossEntropy } = words.columns;
  return [
    depth,
    token,
    probability,
    logit,
    entropy,
    kl,
    next.rank,
    next.crossEntropy,
    rank,
    followed,
    crossEntropy
  ];
}

const UNKNOWN = '…';

/** One column of the lens as text, output first. */
export function lensTableRows(
  rows: readonly (LensRow | undefined)[],
  n_layer: number,
  position: number,
  name: (id: number) => string
): string[][] {
  return depthsTopDown(n_layer, depthStep(rows, n_layer)).map((depth) => {
    const row = rowAt(rows, depth, n_layer);
    const next = nextRankAt(row, position);
    const best = candidates(row, position).at(0);
    const label = depthName(depth);
    const rank = rankAt(row, position);
    if (row === undefined || best === undefined) {
      return [
        label,
        ...lensColumns()
          .slice(1)
          .map(() => UNKNOWN)
      ];
    }
    return [
      label,
      name(best.id),
      formatProbability(best.probability),
      formatNumber(best.logit),
      formatNumber(row.entropy[position]),
      formatNumber(row.kl[position]),
      ...(next === undefined ? ['', ''] : [formatInteger(next), formatNumber(row.crossEntropy[position])]),
      ...(rank === undefined || !row.probability
        ? ['', '', '']
        : [
            formatInteger(rank),
            formatProbability(row.probability[position]),
            formatNumber(-(row.logProbability?.[position] ?? NaN))
          ])
    ];
  });
}
