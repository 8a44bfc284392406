import * as tf from '@tensorflow/tfjs-core';
import { runFused } from './fused-kernels.ts';
import { CUBIC, TWICE_SQRT_2_OVER_PI } from './gelu-scalar.ts';

/**
 * GELU in the tanh form GPT-2 was trained with (`gelu_new`), not the erf form; they differ by up to 4.7e-4.
 *
 *     0.5 x (1 + tanh(sqrt(2/π) (x + 0.044715 x³)))  =  x sigmoid(2 sqrt(2/π) (x + 0.044715 x³))
 *
 * The right-hand side is the same function (tanh(u) = 2 sigmoid(2u) - 1) and several times cheaper here.
 *
 * Shapes: any → the same.
 * Memory: leaves its input alone; the caller disposes the result.
 * Source: Hendrycks and Gimpel (2016), "Gaussian Error Linear Units"; openai/gpt-2, src/model.py, gelu().
 */
export function geluTanh<T extends tf.Tensor>(x: T): T {
  const fused = runFused('Gpt2Gelu', { x }, {});
  if (fused) return fused[0] as T;
  return tf.tidy(() => {
    const cubed = tf.mul(x, tf.mul(x, x)); // x·(x·x): tf.pow is several times slower
    const inner = tf.mul(tf.add(x, tf.mul(cubed, CUBIC)), TWICE_SQRT_2_OVER_PI);
    return tf.mul(x, tf.sigmoid(inner)) as T;
  });
}
