import * as tf from '@tensorflow/tfjs-core';
import { expectShape } from './expect-shape.ts';
import { runFused } from './fused-kernels.ts';
import { UNEDITED, type NamedPoints } from './named-points.ts';

export interface LayerNormWeights {
  /** [n_embd] */
  readonly weight: tf.Tensor1D;
  /** [n_embd] */
  readonly bias: tf.Tensor1D;
  /** Added to the variance; `layer_norm_epsilon` in config.json. */
  readonly epsilon: number;
}

export interface LayerNormResult {
  /** [T, 1]: sqrt(variance + epsilon). */
  readonly scale: tf.Tensor2D;
  /** [T, n_embd]: the output, weight and bias applied. */
  readonly normalized: tf.Tensor2D;
}

/**
 * Brings each position's vector to mean 0 and (nearly) standard deviation 1, then applies weight and bias.
 *
 *     scale = sqrt(mean((x - mean(x))^2) + epsilon),  normalized = (x - mean(x)) / scale * weight + bias
 *
 * Shapes: x [T, n_embd] → scale [T, 1], normalized [T, n_embd]. `at` may edit both, as `<name>.scale` and `<name>.normalized`.
 * Memory: leaves its inputs alone; the caller disposes both results.
 * Throws: ShapeError if the last axis of x, or bias, is not of the length of weight.
 * Source: Ba et al. (2016), "Layer Normalization"; the variance is the biased one, as in PyTorch.
 */
export function layerNorm(
  x: tf.Tensor2D,
  { weight, bias, epsilon }: LayerNormWeights,
  name = 'ln',
  at: NamedPoints = UNEDITED
): LayerNormResult {
  expectShape('layerNorm: x', x, [null, weight.shape[0]], 'Pass a residual stream of this model.');
  expectShape('layerNorm: bias', bias, weight.shape, 'Pass weight and bias of one LayerNorm.');
  const isEdited = at.touches(`${name}.scale`, `${name}.normalized`);
  const fused = isEdited ? null : runFused('Gpt2LayerNorm', { x, weight, bias }, { epsilon });
  if (fused) return { scale: fused[0] as tf.Tensor2D, normalized: fused[1] as tf.Tensor2D };
  return tf.tidy(() => {
    const centred = tf.sub(x, tf.mean(x, -1, true));
    const variance = tf.mean(tf.mul(centred, centred), -1, true);
    const scale = at(`${name}.scale`, tf.sqrt(tf.add(variance, epsilon)) as tf.Tensor2D); // [T, 1]
    const normalized = tf.add(tf.mul(tf.div(centred, scale), weight), bias) as tf.Tensor2D;
    return { scale, normalized: at(`${name}.normalized`, normalized) };
  });
}
