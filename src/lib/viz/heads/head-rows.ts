import { HEAD_SCORES, type HeadReport, type HeadScoreName } from '$lib/gpt2';
import { headName } from '../common/head-grid';
import type { HeadOrder } from './types';

/** One head with all that it can be ranked by; NaN where the data has no such score. */
export interface HeadRow {
  readonly layer: number;
  readonly head: number;
  /** "9.8" */
  readonly name: string;
  readonly values: Readonly<Record<HeadScoreName, number>>;
}

/** Every head in the order of the computation. */
export function headRows(
  n_layer: number,
  n_head: number,
  report: HeadReport | undefined,
  copying: readonly (readonly number[])[] | undefined
): HeadRow[] {
  const grids: Readonly<Record<HeadScoreName, readonly (readonly number[])[] | undefined>> = {
    ...(report?.scores ?? { previous: undefined, duplicate: undefined, induction: undefined, first: undefined, self: undefined }), // prettier-ignore
    entropy: report?.statistics?.entropy,
    copying
  };
  return Array.from({ length: n_layer * n_head }, (_, i) => {
    const [layer, head] = [Math.floor(i / n_head), i % n_head];
    const values = Object.fromEntries(
      HEAD_SCORES.map((score) => [score, grids[score]?.[layer]?.[head] ?? NaN])
    ) as Record<HeadScoreName, number>;
    return { layer, head, name: headName({ layer, head }), values };
  });
}

/** The heads that a search names: "9" a block, "9.8" a head, several with spaces or commas; nothing: all. */
export function findHeads(rows: readonly HeadRow[], typed: string): readonly HeadRow[] {
  const wanted = typed.split(/[\s,]+/).filter((one) => one !== '');
  if (wanted.length === 0) return rows;
  return rows.filter(({ name, layer }) => wanted.some((one) => one === name || one === String(layer)));
}

/** Heads by falling score, those without one last. */
export function byScore(rows: readonly HeadRow[], score: HeadScoreName): HeadRow[] {
  const key = ({ values }: HeadRow) => (Number.isNaN(values[score]) ? -Infinity : values[score]);
  return rows.toSorted((a, b) => key(b) - key(a));
}

/** Heads in an order; those without the score come last. */
export function inOrder(
  rows: readonly HeadRow[],
  score: HeadScoreName,
  order: HeadOrder
): readonly HeadRow[] {
  if (order === 'block') return rows;
  const sorted = byScore(rows, score);
  if (order === 'strongest') return sorted;
  const isKnown = ({ values }: HeadRow) => !Number.isNaN(values[score]);
  return [...sorted.filter(isKnown).reverse(), ...sorted.filter((row) => !isKnown(row))];
}

/** Every score of each head; a cell is empty where the data has none. */
export function scoreTable(rows: readonly HeadRow[]): (string | number)[][] {
  return rows.map(({ name, values }) => [
    name,
    ...HEAD_SCORES.map((score) => (Number.isNaN(values[score]) ? '' : values[score]))
  ]);
}

/** Scores whose scale ends at 1, so that a threshold on them means a share of attention. */
export const isShare = (score: HeadScoreName): boolean => score !== 'entropy' && score !== 'copying';

/** Heads at or above a threshold. */
export function headsAbove(rows: readonly HeadRow[], score: HeadScoreName, threshold: number): HeadRow[] {
  return rows.filter(({ values }) => values[score] >= threshold);
}
