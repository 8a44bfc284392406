/**
 * Float16 weights that stay float16 in memory, two in each word of an int32 tensor: half the room, and half of what a product
 * reads. Kernels widen them as they compute, which is exact: every number is the one that the file holds.
 */
import * as tf from '@tensorflow/tfjs-core';
import { hasFused } from './fused-kernels.ts';

/** What TensorFlow.js takes such a tensor for; it has no float16. */
export const HALVES_DTYPE = 'int32';
export const HALVES_IN_A_WORD = 2;

/** True if the backend computes with halves. */
export function readsHalves(): boolean {
  return hasFused('Gpt2Widen');
}

/** True for a weight that is kept in halves. */
export function isHalved({ dtype }: tf.Tensor): boolean {
  return dtype === HALVES_DTYPE;
}

/**
 * Halves as float32, for who needs a tensor of the usual kind. Weights are constants where a gradient is taken, so that this
 * may be part of it.
 *
 * Shapes: [..., n] → [..., 2n].
 * Memory: leaves its input alone; the caller disposes the result.
 */
export function widened<Result extends tf.Tensor>(halves: tf.Tensor): Result {
  return tf.engine().runKernel<Result>('Gpt2Widen', { halves });
}
