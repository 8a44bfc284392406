import * as tf from '@tensorflow/tfjs-core';
import { addMlp } from '../model/block.ts';
import { scaleQueries } from '../ops/attention.ts';
import { layerNorm } from '../ops/layer-norm.ts';
import { linear } from '../ops/linear.ts';
import type { BlockWeights } from '../model/weights.ts';
import type { CachedLayer } from './cache.ts';
import type { ColumnAttention } from './column-attention.ts';

export interface CachedBlockResult extends CachedLayer {
  /** [B count, n_embd] */
  readonly resid_post: tf.Tensor2D;
  /** [B, n_head, count, K]: see `AttendedColumns`. */
  readonly pattern: tf.Tensor4D;
}

/**
 * One transformer block over the new columns of a batch, with the keys and values of the columns before.
 *
 * Shapes: resid_pre [B count, n_embd].
 * Memory: leaves its inputs alone, but for `past`, which may be what it returns; the caller disposes every result.
 */
export function runCachedBlock(
  resid_pre: tf.Tensor2D,
  weights: BlockWeights,
  n_head: number,
  attention: ColumnAttention,
  past: CachedLayer | null
): CachedBlockResult {
  return tf.tidy(() => {
    const { normalized } = layerNorm(resid_pre, weights.ln_1);
    const { q, k, v } = weights.c_attn;
    const [queries, keys, values] = [q, k, v].map((third) => linear(normalized, third));
    const scaled = scaleQueries(queries, weights.attn.score_factor);
    const { z, ...attended } = attention.attend(scaled, keys, values, n_head, past);
    const resid_mid = tf.add(resid_pre, linear(z, weights.attn.c_proj)) as tf.Tensor2D;
    const { resid_post } = addMlp(resid_mid, weights);
    return { resid_post, ...attended };
  });
}
