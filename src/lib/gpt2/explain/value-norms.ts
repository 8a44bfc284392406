import * as tf from '@tensorflow/tfjs-core';
import type { BlockActivations } from '../model/block.ts';
import { rowNorms } from '../numbers/norms.ts';
import { weightOf, type LinearWeights } from '../ops/linear.ts';
import { lookAtOnce } from '../ops/look-at.ts';
import { headValues } from './source-parts.ts';

/** How much one head has to give at each position, before attention weighs it: L2 norms, [T]. */
export interface ValueNorms {
  /** ‖v‖. */
  readonly v: Float32Array;
  /** ‖v · W_O‖: what is written where it is read with a weight of 1. */
  readonly out: Float32Array;
}

/**
 * Norms of one head's values and of what they become in the residual stream.
 *
 * Shapes: v [T, n_embd], heads side by side; c_proj [n_embd, n_embd] → [T] each.
 * Memory: leaves its inputs alone; on the device nothing stays; the arrays are the caller's.
 * Source: Kobayashi et al. (2020), "Attention is Not Only a Weight".
 */
export async function valueNorms(
  { v, pattern }: Pick<BlockActivations, 'pattern' | 'v'>,
  c_proj: LinearWeights,
  head: number
): Promise<ValueNorms> {
  const [n_head] = pattern.shape;
  const [T, n_embd] = v.shape;
  const d_head = n_embd / n_head;
  const weight = weightOf(c_proj);
  try {
    const values = tf.slice(v, [0, head * d_head], [T, d_head]);
    return {
      v: await lookAtOnce(values, (data) => rowNorms(data, d_head)),
      out: await lookAtOnce(headValues(v, weight, head, n_head, T), (data) => rowNorms(data, n_embd))
    };
  } finally {
    weight.dispose();
  }
}
