import { NONE_NEXT, summariseLogits, type LogitSummary } from '../numbers/distribution.ts';
import { InputError, mustBe } from '../errors.ts';
import { LENS_CHUNK } from './lens-chunk.ts';
import { nextTask } from '../next-task.ts';
import type { Trace } from './trace.ts';

/** One depth of the logit lens at every position, or at those of one chunk, as struct of arrays; `kl` is KL(last row ‖ this row). */
export interface LensRow extends LogitSummary {
  /** Entries in each position's list of best tokens. */
  readonly top: number;
  readonly kl: Float32Array;
  readonly nextRank: Int32Array;
  readonly crossEntropy: Float32Array;
}

export interface LensRowOptions {
  readonly top: number;
  /** Token whose rank and probability to give, or null. */
  readonly track: number | null;
  /** First position of the one chunk to read, a multiple of LENS_CHUNK; left out: all positions. */
  readonly start?: number;
  /** false: the stream is read as it is, without ln_f. Distances stay those to the model's own last row. */
  readonly ln_f?: boolean;
  readonly signal?: AbortSignal;
}

/**
 * Summarises the logit lens at one depth, a few positions at a time. Depth d + ½ is inside block d, after its attention.
 *
 * Shapes: see `LogitSummary`; T positions, or those of the one chunk.
 * Memory: one chunk of [64, vocab_size] logits at a time beside those of the final depth that the trace keeps.
 * Throws: InputError if the depth, the tracked id or `start` is out of range; the signal's reason if it is aborted.
 */
export async function lensRow(trace: Trace, depth: number, options: LensRowOptions): Promise<LensRow> {
  const { top, track, start: first = 0, ln_f = true, signal } = options;
  const T = trace.ids.length;
  expectChunkStart(first);
  const end = options.start === undefined ? T : Math.min(T, first + LENS_CHUNK);
  const row = emptyRow(end - first, top, track !== null);
  for (let start = first; start < end; start += LENS_CHUNK) {
    if (start > first) await nextTask();
    signal?.throwIfAborted();
    const final = await trace.lensChunk(trace.n_layer, start);
    const count = Math.min(LENS_CHUNK, T - start);
    const next = Array.from({ length: count }, (_, i) => trace.ids[start + i + 1] ?? NONE_NEXT);
    const summarise = (logits: Float32Array) =>
      summariseLogits(logits, count, logits.length / count, { top, track, next, final });
    const part = await trace.lookAtLens(depth, start, summarise, { ln_f });
    copyInto(row, start - first, part);
  }
  return row;
}

function expectChunkStart(start: number): void {
  if (start % LENS_CHUNK === 0) return;
  const advice = 'Positions are read in chunks of that many.';
  throw new InputError(mustBe('lensRow: start', `a multiple of ${LENS_CHUNK}`, start, advice));
}

function emptyRow(T: number, top: number, tracked: boolean): LensRow {
  return {
    top,
    topIds: new Int32Array(T * top),
    topProbabilities: new Float64Array(T * top),
    topLogits: new Float32Array(T * top),
    entropy: new Float32Array(T),
    kl: new Float32Array(T),
    nextRank: new Int32Array(T),
    crossEntropy: new Float32Array(T),
    rank: tracked ? new Int32Array(T) : null,
    probability: tracked ? new Float64Array(T) : null,
    logProbability: tracked ? new Float64Array(T) : null
  };
}

function copyInto(row: LensRow, start: number, part: LogitSummary): void {
  row.topIds.set(part.topIds, start * row.top);
  row.topProbabilities.set(part.topProbabilities, start * row.top);
  row.topLogits.set(part.topLogits, start * row.top);
  row.entropy.set(part.entropy, start);
  if (part.kl) row.kl.set(part.kl, start);
  if (part.nextRank) row.nextRank.set(part.nextRank, start);
  if (part.crossEntropy) row.crossEntropy.set(part.crossEntropy, start);
  if (part.rank) row.rank?.set(part.rank, start);
  if (part.probability) row.probability?.set(part.probability, start);
  if (part.logProbability) row.logProbability?.set(part.logProbability, start);
}
