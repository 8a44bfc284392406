import { formatInteger, formatNumber, formatProbability } from '../common';
import { candidates, depthLabel, depthsTopDown, rankAt } from './rows';
import type { LensRow } from './types';

/** Heads of the text alternative. */
export const LENS_COLUMNS = [
  'depth',
  'top token',
  'probability',
  'logit (nats)',
  'entropy (nats)',
  'KL to the last row (nats)',
  'rank of the followed token',
  'its probability'
];

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
    const label = depthLabel(depth, n_layer);
    const rank = rankAt(row, position);
    if (row === undefined || best === undefined) {
      return [label, ...LENS_COLUMNS.slice(1).map(() => UNKNOWN)];
    }
    return [
      label,
      name(best.id),
      formatProbability(best.probability),
      formatNumber(best.logit),
      formatNumber(row.entropy[position]),
      formatNumber(row.kl[position]),
      ...(rank === undefined || !row.probability
        ? ['', '']
        : [formatInteger(rank), formatProbability(row.probability[position])])
    ];
  });
}
