import * as tf from '@tensorflow/tfjs-core';
import { expectShape } from './expect-shape.ts';
import type { LinearWeights } from './weights.ts';

/**
 * y = x · weight + bias (GPT-2's Conv1D: the weight is stored input first).
 *
 * Plain and with batch 1 on purpose: with a transpose or a batch, the wasm backend of tfjs 4.22 adds the bias more
 * than once.
 *
 * Shapes: x [T, inputs] → [T, outputs].
 * Memory: leaves its inputs alone; the caller disposes the result.
 * Throws: ShapeError if the last axis of x is not the weight's first.
 */
export function linear(x: tf.Tensor2D, { weight, bias }: LinearWeights): tf.Tensor2D {
  expectShape('linear: x', x, [null, weight.shape[0]], 'The weight is [inputs, outputs], input first.');
  return tf.fused.matMul({ a: x, b: weight, bias }) as tf.Tensor2D;
}
