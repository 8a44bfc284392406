import * as tf from '@tensorflow/tfjs-core';
import { causalMask } from '../ops/attention.ts';
import { bytesOf, runBlock, type BlockActivations } from '../model/block.ts';
import { positionEmbedding, tokenEmbedding } from '../ops/embedding.ts';
import type { Gpt2Config } from '../model/config.ts';
import { lookAtOnce } from '../ops/look-at.ts';
import type { Gpt2Transformer } from '../model/model.ts';
import { nextTask } from '../next-task.ts';
import { rowNorms } from '../numbers/norms.ts';
import { paddedLength } from './padding.ts';
import { checkIds } from '../model/prompt-ids.ts';
import type { AddedNorms } from './parts.ts';
import { Trace } from './trace.ts';
import type { Gpt2Weights } from '../model/weights.ts';

/**
 * Blocks of one trace, the one under way included. One of GPT-2 small's twelve takes 157 MB at T = 1024, all of them
 * 170 MB at T = 192.
 */
export const DEFAULT_BLOCK_BYTES = 192 * 2 ** 20;

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
  model: Gpt2Transformer,
  ids: readonly number[],
  { signal, byteBudget = DEFAULT_BLOCK_BYTES }: RunOptions = {}
): Promise<Trace> {
  checkIds(ids, model.config);
  signal?.throwIfAborted();
  const { weights, config } = model;
  const paddedIds = padIds(ids, config);
  const resid = [embed(paddedIds, weights)];
  const mask = causalMask(paddedIds.length);
  const kept = new Map<number, BlockActivations>();
  const norms = new Map<number, AddedNorms>();
  let left = byteBudget;
  try {
    for (const [layer, block] of weights.h.entries()) {
      const activations = runBlock(resid[layer], block, config.n_head, mask);
      resid.push(activations.resid_post.clone());
      const bytes = bytesOf(Object.values(activations));
      left -= bytes;
      if (left >= (layer < config.n_layer - 1 ? bytes : 0))
        kept.set(layer, activations); // the next one has room
      else norms.set(layer, await noteNorms(activations, ids.length));
      await nextTask();
      signal?.throwIfAborted();
    }
  } catch (error) {
    tf.dispose([mask, ...resid, ...[...kept.values()].flatMap((block) => Object.values(block))]);
    throw error;
  }
  return new Trace({ model, ids, paddedIds, resid, mask, blocks: kept, norms, byteBudget });
}

/** Frees a block that is not kept; only the norms of what it added stay, which else would need all blocks again. */
async function noteNorms(block: BlockActivations, T: number): Promise<AddedNorms> {
  const { attn_out, mlp_out, ...rest } = block;
  tf.dispose(Object.values(rest));
  const [, n_embd] = attn_out.shape;
  const normsOf = (values: Float32Array) => rowNorms(values.subarray(0, T * n_embd), n_embd);
  const [attn, mlp] = [lookAtOnce(attn_out, normsOf), lookAtOnce(mlp_out, normsOf)];
  return { attn_out: await attn, mlp_out: await mlp };
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
