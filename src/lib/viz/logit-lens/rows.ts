import { NOT_READ } from '$lib/gpt2';
import { lensWords as words } from '$lib/words';
import type { ChosenRow, LensCandidate, LensRow } from './types';

/** Depths from the output down to the embedding: the order the table shows them in. */
export function depthsTopDown(n_layer: number, step = 1): number[] {
  return Array.from({ length: n_layer / step + 1 }, (_, row) => n_layer - row * step);
}

/** How much deeper each row is than the one before: 1, or ½ where the rows inside the blocks are there too. */
export function depthStep(rows: readonly unknown[], n_layer: number): number {
  return n_layer / (rows.length - 1);
}

/** The row at a depth; undefined where there is none, or not yet. */
export function rowAt(rows: readonly (LensRow | undefined)[], depth: number, n_layer: number) {
  return rows.at(depth / depthStep(rows, n_layer));
}

/** Which activation a row reads, by its full name in words. */
export function depthSource(depth: number, n_layer: number): string {
  const { embedding, output, block, inside } = words.source;
  if (!Number.isInteger(depth)) return inside(Math.floor(depth));
  if (depth === 0) return embedding;
  return depth === n_layer ? output(depth - 1) : block(depth - 1, depth);
}

/** The block that reads this depth, or has it inside; null for the output, which no block reads. */
export function layerOfDepth(depth: number, n_layer: number): number | null {
  return depth < n_layer ? Math.floor(depth) : null;
}

/** Which row of its block a depth is. */
export function rowOfDepth(depth: number, n_layer: number): ChosenRow {
  if (depth === n_layer) return 'output';
  return Number.isInteger(depth) ? 'layer' : 'inside';
}

/** The depth of a block's chosen row; a row inside a block that is not shown is the one that the block reads. */
export function depthOfRow(row: ChosenRow, layer: number, n_layer: number, step: number): number {
  if (row === 'output') return n_layer;
  return row === 'inside' ? layer + (1 - step) : layer;
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

/** Rank of the token that the text has next; undefined where it is not known, or the text ends. */
export function nextRankAt(row: LensRow | undefined, position: number): number | undefined {
  const rank = row?.nextRank[position];
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
