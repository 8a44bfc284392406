import * as tf from '@tensorflow/tfjs-core';
import { causalMask } from './attention.ts';
import { bytesOf, runBlock, type BlockActivations } from './block.ts';
import { positionEmbedding, tokenEmbedding } from './embedding.ts';
import type { Gpt2Config } from './config.ts';
import type { Gpt2Model } from './model.ts';
import { nextTask } from './next-task.ts';
import { paddedLength } from './padding.ts';
import { checkIds } from './prompt-ids.ts';
import { Trace } from './trace.ts';
import type { Gpt2Weights } from './weights.ts';

const DEFAULT_BYTE_BUDGET = 512 * 2 ** 20; // rebuilt blocks of one trace; all of gpt2-nano's fit up to T = 192

export interface RunOptions {
  /** Stops the run between two blocks; the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Bytes of block activations that the trace may keep beside its residual stream. */
  readonly byteBudget?: number;
}

/**
 * Runs a prompt through the model and keeps what it takes to read every activation.
 *
 * The residual stream is kept at every depth. The insides of the blocks are kept, first layers first, as long as the
 * budget lasts; the trace rebuilds the others from `resid_pre` when they are read.
 *
 * Shapes: ids T whole numbers, T ≤ n_ctx; inside, T is padded to a few sizes.
 * Memory: the caller calls `dispose` on the trace; nothing else stays, also when the run is aborted.
 * Throws: InputError if the ids cannot be run; the signal's reason if it is aborted.
 */
export async function runTrace(
  model: Gpt2Model,
  ids: readonly number[],
  { signal, byteBudget = DEFAULT_BYTE_BUDGET }: RunOptions = {}
): Promise<Trace> {
  checkIds(ids, model.config);
  signal?.throwIfAborted();
  const { weights, config } = model;
  const paddedIds = padIds(ids, config);
  const resid = [embed(paddedIds, weights)];
  const mask = causalMask(paddedIds.length);
  const kept = new Map<number, BlockActivations>();
  let left = byteBudget;
  try {
    for (const [layer, block] of weights.h.entries()) {
      const activations = runBlock(resid[layer], block, config.n_head, mask);
      resid.push(activations.resid_post.clone());
      left -= bytesOf(Object.values(activations));
      if (left >= 0) kept.set(layer, activations);
      else tf.dispose(Object.values(activations));
      await nextTask();
      signal?.throwIfAborted();
    }
  } catch (error) {
    tf.dispose([mask, ...resid, ...[...kept.values()].flatMap((block) => Object.values(block))]);
    throw error;
  }
  return new Trace({ model, ids, paddedIds, resid, mask, blocks: kept, byteBudget });
}

/** The ids, filled up at the end to one of a few lengths. */
function padIds(ids: readonly number[], { n_ctx, eos_token_id, vocab_size }: Gpt2Config): number[] {
  const filler = Math.min(eos_token_id, vocab_size - 1);
  const missing = paddedLength(ids.length, n_ctx) - ids.length;
  return [...ids, ...new Array<number>(missing).fill(filler)];
}

/** wte rows + wpe rows: resid_pre of block 0, [T, n_embd]. The caller disposes it. */
function embed(ids: readonly number[], weights: Gpt2Weights): tf.Tensor2D {
  return tf.tidy(() => tf.add(tokenEmbedding(ids, weights), positionEmbedding(ids.length, weights)));
}
