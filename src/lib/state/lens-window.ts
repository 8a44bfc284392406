import { LENS_CHUNK, NOT_READ, type LensRow } from '$lib/gpt2';

/** Positions first … end - 1. */
export interface PositionRange {
  readonly first: number;
  readonly end: number;
}

/** First positions of the chunks that hold some positions: those of a range, and one more. */
export function chunkStarts(range: PositionRange, position: number, T: number): number[] {
  const starts = new Set<number>([Math.floor(position / LENS_CHUNK) * LENS_CHUNK]);
  const end = Math.min(range.end, T);
  for (let start = Math.floor(range.first / LENS_CHUNK) * LENS_CHUNK; start < end; start += LENS_CHUNK) {
    starts.add(start);
  }
  return [...starts].sort((a, b) => a - b);
}

/**
 * One row of the lens made of the chunks that have arrived; the other positions hold NOT_READ and NaN.
 *
 * Shapes: parts hold min(LENS_CHUNK, T - start) positions from `start` on → a row of T positions.
 * Returns undefined where nothing has arrived.
 */
export function joinLens(
  T: number,
  parts: readonly { readonly start: number; readonly row: LensRow }[]
): LensRow | undefined {
  if (parts.length === 0) return undefined;
  const [{ row: sample }] = parts;
  if (sample.entropy.length === T) return sample;
  const { top } = sample;
  const tracked = parts.some(({ row }) => row.rank !== null);
  const joined = {
    top,
    topIds: new Int32Array(T * top).fill(NOT_READ),
    topProbabilities: new Float64Array(T * top).fill(NaN),
    topLogits: new Float32Array(T * top).fill(NaN),
    entropy: new Float32Array(T).fill(NaN),
    kl: new Float32Array(T).fill(NaN),
    nextRank: new Int32Array(T).fill(NOT_READ),
    crossEntropy: new Float32Array(T).fill(NaN),
    rank: tracked ? new Int32Array(T).fill(NOT_READ) : null,
    probability: tracked ? new Float64Array(T).fill(NaN) : null,
    logProbability: tracked ? new Float64Array(T).fill(NaN) : null
  };
  for (const { start, row } of parts) {
    for (const name of ['topIds', 'topProbabilities', 'topLogits'] as const) {
      joined[name].set(row[name], start * top);
    }
    for (const name of ['entropy', 'kl', 'nextRank', 'crossEntropy'] as const) {
      joined[name].set(row[name], start);
    }
    if (row.rank) joined.rank?.set(row.rank, start);
    if (row.probability) joined.probability?.set(row.probability, start);
    if (row.logProbability) joined.logProbability?.set(row.logProbability, start);
  }
  return joined;
}
