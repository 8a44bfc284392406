import * as tf from '@tensorflow/tfjs-core';
import {
  activationKind,
  CLIP,
  LAPLACE,
  LEAK,
  QUICK_GELU,
  xieluSlopes,
  type ActivationFunction,
  type ActivationKind
} from './activation-scalar.ts';
import { geluTanh } from './gelu.ts';

/** What stands between the two layers of an MLP. */
export interface MlpActivation {
  readonly name: ActivationFunction;
  /** What it learned, by the names of `ACTIVATION_PARAMETERS`; empty for most. */
  readonly parameters: Readonly<Record<string, number>>;
}

/**
 * The activation of an MLP: GELU in the tanh form for GPT-2, any of transformers' table for other checkpoints.
 *
 * Shapes: any → the same.
 * Memory: leaves its input alone; the caller disposes the result.
 * Source: transformers 5.23, activations.py.
 */
export function activate(x: tf.Tensor2D, { name, parameters }: MlpActivation): tf.Tensor2D {
  const kind = activationKind(name);
  if (kind === 'gelu_tanh') return geluTanh(x); // which has a kernel of its own
  return tf.tidy(() => {
    if (kind === 'prelu') return leaky(x, parameters.weight);
    return kind === 'xielu' ? xielu(x, parameters) : TENSORS[kind](x);
  }) as tf.Tensor2D;
}

const half = (x: tf.Tensor) => tf.mul(x, 0.5);
const geluErf = (x: tf.Tensor) => tf.mul(half(x), tf.add(tf.erf(tf.div(x, Math.SQRT2)), 1));
const leaky = (x: tf.Tensor, slope: number) => tf.where(tf.greater(x, 0), x, tf.mul(x, slope));

const TENSORS: Readonly<
  Record<Exclude<ActivationKind, 'gelu_tanh' | 'prelu' | 'xielu'>, (x: tf.Tensor) => tf.Tensor>
> = {
  gelu_erf: geluErf,
  gelu_erf_clipped: (x) => tf.clipByValue(geluErf(x), -CLIP, CLIP),
  quick_gelu: (x) => tf.mul(x, tf.sigmoid(tf.mul(x, QUICK_GELU))),
  relu: (x) => tf.relu(x),
  relu2: (x) => tf.square(tf.relu(x)),
  relu6: (x) => tf.clipByValue(x, 0, 6),
  leaky_relu: (x) => leaky(x, LEAK),
  silu: (x) => tf.mul(x, tf.sigmoid(x)),
  hardswish: (x) => tf.div(tf.mul(x, tf.clipByValue(tf.add(x, 3), 0, 6)), 6),
  mish: (x) => tf.mul(x, tf.tanh(softplus(x))),
  sigmoid: (x) => tf.sigmoid(x),
  tanh: (x) => tf.tanh(x),
  sqrtsoftplus: (x) => tf.sqrt(softplus(x)),
  laplace: (x) => half(tf.add(tf.erf(tf.div(tf.sub(x, LAPLACE.mu), LAPLACE.sigma * Math.SQRT2)), 1)),
  linear: (x) => x.clone()
};

/** ln(1 + e^x) = max(x, 0) + ln(1 + e^-|x|): no overflow, on any backend. */
function softplus(x: tf.Tensor): tf.Tensor {
  return tf.add(tf.relu(x), tf.log1p(tf.exp(tf.neg(tf.abs(x)))));
}

function xielu(x: tf.Tensor, parameters: Readonly<Record<string, number>>): tf.Tensor {
  const { alpha_p, alpha_n, beta, eps } = xieluSlopes(parameters);
  const above = tf.add(tf.mul(tf.square(x), alpha_p), tf.mul(x, beta));
  const below = tf.add(tf.mul(tf.sub(tf.expm1(tf.minimum(x, eps)), x), alpha_n), tf.mul(x, beta));
  return tf.where(tf.greater(x, 0), above, below);
}
