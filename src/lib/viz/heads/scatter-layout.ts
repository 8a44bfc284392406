import type { HeadScoreName } from '$lib/gpt2';
import { isShare, type HeadRow } from './head-rows';

/** From 0 to 1 for shares of attention, −1 to 1 for copying, else from 0 to the largest. */
export function scoreDomain(rows: readonly HeadRow[], score: HeadScoreName): [number, number] {
  if (score === 'copying') return [-1, 1];
  if (isShare(score)) return [0, 1];
  const largest = Math.max(0, ...rows.map(({ values }) => values[score]).filter(Number.isFinite));
  return [0, largest || 1];
}

/** Heads that have both scores, in the order in which keys walk them: to the right, then up. */
export function placedRows(
  rows: readonly HeadRow[],
  { x, y }: { x: HeadScoreName; y: HeadScoreName }
): HeadRow[] {
  return rows
    .filter(({ values }) => Number.isFinite(values[x]) && Number.isFinite(values[y]))
    .sort((a, b) => a.values[x] - b.values[x] || a.values[y] - b.values[y]);
}
