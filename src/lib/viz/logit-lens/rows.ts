import { NOT_READ } from '$lib/gpt2';
import { lensWords as words } from '$lib/words';
import type { LensCandidate, LensRow } from './types';

/** Depths from the output down to the embedding: the order the table shows them in. */
export function depthsTopDown(n_layer: number): number[] {
  return Array.from({ length: n_layer + 1 }, (_, row) => n_layer - row);
}

/** Which activation a row reads, by its full name in words. */
export function depthSource(depth: number, n_layer: number): string {
  const { embedding, output, block } = words.source;
  if (depth === 0) return embedding;
  return depth === n_layer ? output(depth - 1) : block(depth - 1, depth);
}

/** The block that reads this depth, or null for the output, which no block reads. */
export function layerOfDepth(depth: number, n_layer: number): number | null {
  return depth < n_layer ? depth : null;
}

/** Id of the best token of a row at a position; null while it is not there: of a long prompt, not all is read. */
export function topId(row: LensRow | undefined, position: number): number | null {
  const id = row?.topIds[position * row.top];
  return id === undefined || id === NOT_READ ? null : id;
}

/** Rank of the followed token; undefined where it is not known. */
export function rankAt(row: LensRow | undefined, position: number): number | undefined {
  const rank = row?.rank?.[position];
  return rank === NOT_READ ? undefined : rank;
}

/** The top list at one position, best first; empty while the row is not there. */
export function candidates(row: LensRow | undefined, position: number): LensCandidate[] {
  if (row === undefined || topId(row, position) === null) return [];
  const start = position * row.top;
  return Array.from({ length: row.top }, (_, i) => ({
    id: row.topIds[start + i],
    probability: row.topProbabilities[start + i],
    logit: row.topLogits[start + i]
  }));
}
