import * as tf from '@tensorflow/tfjs-core';
import { expectShape } from './expect-shape.ts';
import { runFused } from './fused-kernels.ts';
import { fromPanels, PANEL_COLUMNS } from './panels.ts';

/** A Conv1D as GPT-2's checkpoints hold it: y = x · weight + bias. */
export interface RowWeights {
  /** [inputs, outputs] */
  readonly weight: tf.Tensor2D;
  /** [outputs] */
  readonly bias: tf.Tensor1D;
}

/** The same, with the weight laid out by `toPanels`. */
export interface PanelWeights {
  /** [outputs / 8, inputs, 8], or in halves [outputs / 8, inputs, 4] */
  readonly panels: tf.Tensor3D;
  /** [outputs] */
  readonly bias: tf.Tensor1D;
}

export type LinearWeights = RowWeights | PanelWeights;

/** Numbers that a linear layer takes, and numbers that it gives, however its weight lies. */
export function linearSizes(weights: LinearWeights): readonly [inputs: number, outputs: number] {
  if (!('panels' in weights)) return weights.weight.shape;
  const [count, inputs] = weights.panels.shape;
  return [inputs, count * PANEL_COLUMNS];
}

/** Numbers that a linear layer takes. */
export const inputsOf = (weights: LinearWeights): number => linearSizes(weights)[0];

/**
 * The weight of a linear layer in rows and float32, however it lies: a second handle on it, or put back in rows.
 *
 * Shapes: [inputs, outputs].
 * Memory: leaves the weights alone; the caller disposes the result.
 */
export function weightOf(weights: LinearWeights): tf.Tensor2D {
  return 'panels' in weights ? fromPanels(weights.panels) : weights.weight.clone();
}

/**
 * y = x · weight + bias (GPT-2's Conv1D: the weight is stored input first).
 *
 * Plain and with batch 1 on purpose: with a transpose or a batch, the wasm backend of tfjs 4.22 adds the bias more
 * than once.
 *
 * Shapes: x [T, inputs] → [T, outputs].
 * Memory: leaves its inputs alone; the caller disposes the result.
 * Throws: ShapeError if the last axis of x is not the weight's first, or bias is not as long as its second.
 */
export function linear(x: tf.Tensor2D, weights: LinearWeights): tf.Tensor2D {
  const [inputs, outputs] = linearSizes(weights);
  expectShape('linear: x', x, [null, inputs], 'The weight is [inputs, outputs], input first.');
  const { bias } = weights;
  expectShape('linear: bias', bias, [outputs], 'Pass weight and bias of one layer.');
  if (!('panels' in weights)) return tf.fused.matMul({ a: x, b: weights.weight, bias }) as tf.Tensor2D;
  const fused = runFused('Gpt2Linear', { x, panels: weights.panels, bias }, {});
  if (fused) return fused[0] as tf.Tensor2D;
  return tf.tidy(() => tf.fused.matMul({ a: x, b: fromPanels(weights.panels), bias }) as tf.Tensor2D);
}
