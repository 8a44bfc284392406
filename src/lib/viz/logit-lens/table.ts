import { lensViewWords as words } from '$lib/words';
import { depthName, formatInteger, formatNumber, formatProbability } from '../common';
import { candidates, depthsTopDown, rankAt } from './rows';
import type { LensRow } from './types';

/** Heads of the text alternative. */
export function lensColumns(): string[] {
  const { depth, token, probability, logit, entropy, kl, rank, followed, crossEntropy } = words.columns;
  return [depth, token, probability, logit, entropy, kl, rank, followed, crossEntropy];
}

const UNKNOWN = '…';

/** One column of the lens as text, output first. */
export function lensTableRows(
  rows: readonly (LensRow | undefined)[],
  position: number,
  name: (id: number) => string
): string[][] {
  const n_layer = rows.length - 1;
  return depthsTopDown(n_layer).map((depth) => {
    const row = rows[depth];
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
