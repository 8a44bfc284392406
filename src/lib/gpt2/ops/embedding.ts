import * as tf from '@tensorflow/tfjs-core';
import type { Gpt2Weights } from '../model/weights.ts';

/**
 * The rows of wte that the ids name.
 *
 * Shapes: ids T whole numbers → [T, n_embd].
 * Memory: the caller disposes the result.
 */
export function tokenEmbedding(ids: readonly number[], { wte }: Pick<Gpt2Weights, 'wte'>): tf.Tensor2D {
  return tf.tidy(() => tf.gather(wte, tf.tensor1d(ids as number[], 'int32')));
}

/**
 * The first T rows of wpe.
 *
 * Shapes: → [T, n_embd].
 * Memory: the caller disposes the result.
 */
export function positionEmbedding(T: number, { wpe }: Pick<Gpt2Weights, 'wpe'>): tf.Tensor2D {
  return tf.slice(wpe, [0, 0], [T, wpe.shape[1]]);
}
