import * as tf from '@tensorflow/tfjs-core';
import { addMlp } from '../block.ts';
import { layerNorm } from '../layer-norm.ts';
import { linear } from '../linear.ts';
import type { BlockWeights } from '../weights.ts';
import type { CachedLayer } from './cache.ts';

/** What a block needs to know of the columns it is given. */
export interface Columns {
  /** Rows of the batch. */
  readonly B: number;
  /** New columns of each row. */
  readonly count: number;
  /** [B, 1, count, capacity]: 0 where a new column may look, a huge negative number elsewhere. */
  readonly mask: tf.Tensor4D;
  /** [1, 1, 1, capacity]: of one new column, 1 where it goes; of a first pass, 1 for columns that are no filler. */
  readonly place: tf.Tensor4D;
  /** The layer's keys and values before, or null in the first pass. */
  readonly past: CachedLayer | null;
}

export interface CachedBlockResult extends CachedLayer {
  /** [B count, n_embd] */
  readonly resid_post: tf.Tensor2D;
  /** [B, n_head, count, capacity] */
  readonly pattern: tf.Tensor4D;
}

/**
 * One transformer block over the new columns of a batch, with the keys and values of the columns before.
 *
 * Shapes: resid_pre [B count, n_embd]; count is 1 where there is a past, at most the capacity where there is none.
 * Memory: leaves its inputs alone; the caller disposes every result.
 */
export function runCachedBlock(
  resid_pre: tf.Tensor2D,
  weights: BlockWeights,
  n_head: number,
  columns: Columns
): CachedBlockResult {
  const { B, count, mask } = columns;
  const n_embd = resid_pre.shape[1];
  const d_head = n_embd / n_head;
  return tf.tidy(() => {
    const { normalized } = layerNorm(resid_pre, weights.ln_1);
    const heads = (third: 'q' | 'k' | 'v', axes: number[]): tf.Tensor4D => {
      const split = tf.reshape(linear(normalized, weights.c_attn[third]), [B, count, n_head, d_head]);
      return tf.transpose(split, axes) as tf.Tensor4D;
    };
    const queries = heads('q', [0, 2, 1, 3]); // [B, n_head, count, d_head]
    const keys = withNew(heads('k', [0, 2, 3, 1]), 3, columns, columns.past?.keys);
    const values = withNew(heads('v', [0, 2, 1, 3]), 2, columns, columns.past?.values);
    const scores = tf.div(tf.matMul(queries, keys), Math.sqrt(d_head)); // [B, n_head, count, capacity]
    const pattern = tf.softmax(tf.add(scores, mask)) as tf.Tensor4D;
    const mixed = tf.matMul(pattern, values); // [B, n_head, count, d_head]
    const z = tf.reshape(tf.transpose(mixed, [0, 2, 1, 3]), [B * count, n_embd]) as tf.Tensor2D;
    const resid_mid = tf.add(resid_pre, linear(z, weights.attn.c_proj)) as tf.Tensor2D;
    const { resid_post } = addMlp(resid_mid, weights);
    return { resid_post, pattern, keys, values };
  });
}

/** The past with the new columns in their place. The axis of columns is 3 for keys, 2 for values. */
function withNew(fresh: tf.Tensor4D, axis: 2 | 3, columns: Columns, past?: tf.Tensor4D): tf.Tensor4D {
  const { place, count } = columns;
  const capacity = place.shape[3];
  const at = axis === 3 ? place : tf.reshape(place, [1, 1, capacity, 1]);
  if (past) return tf.add(past, tf.mul(fresh, at)) as tf.Tensor4D; // one column, spread over all and 0 but in one
  const paddings = [0, 1, 2, 3].map((i): [number, number] => [0, i === axis ? capacity - count : 0]);
  return tf.mul(tf.pad(fresh, paddings), at) as tf.Tensor4D;
}
