/**
 * Steps that a backend may offer as one kernel, registered under these names with TensorFlow.js's `registerKernel`.
 * Without it the step is composed of stock operations; both compute the same.
 */
import * as tf from '@tensorflow/tfjs-core';

export interface FusedKernels {
  /** x [T, width], weight and bias [width]; epsilon → scale [T, 1], normalized [T, width]. */
  Gpt2LayerNorm: { inputs: 'x' | 'weight' | 'bias'; attributes: 'epsilon' };
  /** x of any shape → the same: GELU in the tanh form. */
  Gpt2Gelu: { inputs: 'x'; attributes: never };
  /** q, k, v [B·T, n_embd]; n_head, T, masked → attn_scores and pattern [B·n_head, T, T], z [B·T, n_embd]; causal. */
  Gpt2Attention: { inputs: 'q' | 'k' | 'v'; attributes: 'n_head' | 'T' | 'masked' };
  /**
   * q, k [padded, n_embd]; n_head, T, block → every head's causal pattern of T positions as a small map and three means,
   * [n_head, mapNumbers(T, block)].
   */
  Gpt2HeadMaps: { inputs: 'q' | 'k'; attributes: 'n_head' | 'T' | 'block' };
  /**
   * q, k, v [B, n_embd], keys and values [B, capacity, n_embd], first [B] int32; n_head, position → pattern
   * [B, n_head, 1, capacity], z [B, n_embd]. Writes k and v to `keys` and `values` at `position`; each row looks at the
   * positions from its `first` to that one.
   */
  Gpt2DecodeAttention: {
    inputs: 'q' | 'k' | 'v' | 'keys' | 'values' | 'first';
    attributes: 'n_head' | 'position';
  };
  /** normalized [T, n_embd], wte [vocab_size, n_embd] or its halves → logits [T, vocab_size]. */
  Gpt2Unembed: { inputs: 'normalized' | 'wte'; attributes: never };
  /**
   * weight: rows of `stride` numbers, `inputs` of them; of each `outputs` columns from `first` on, a multiple of `columns`
   * → [outputs / columns, inputs, columns]. Halves (ops/halves.ts) stay halves.
   */
  Gpt2Panels: { inputs: 'weight'; attributes: 'inputs' | 'stride' | 'first' | 'outputs' | 'columns' };
  /** x [T, inputs], panels as of Gpt2Panels, bias [outputs] → x · weight + bias, [T, outputs]. */
  Gpt2Linear: { inputs: 'x' | 'panels' | 'bias'; attributes: never };
  /** halves [..., n] → their 2n numbers in float32, exactly. A backend that has it takes halves for panels and for wte. */
  Gpt2Widen: { inputs: 'halves'; attributes: never };
  /** t0, t1 … of two or three axes → their numbers one after another: see `readJoined`. */
  Gpt2Join: { inputs: string; attributes: never };
}

let without = 0;

/**
 * Computes with stock operations alone, which TensorFlow.js can differentiate.
 *
 * @param compute is called once and must not wait for anything
 */
export function withoutFused<T>(compute: () => T): T {
  without++;
  try {
    return compute();
  } finally {
    without--;
  }
}

/** True if the current backend has this kernel, and it may be used now. */
export function hasFused(name: keyof FusedKernels): boolean {
  return without === 0 && tf.getKernel(name, tf.getBackend()) !== undefined;
}

/**
 * Runs a fused kernel if the current backend has it.
 *
 * Memory: leaves its inputs alone; the caller disposes the results.
 * Returns its results in order, or null where the caller must compose the step.
 */
export function runFused<Name extends keyof FusedKernels>(
  name: Name,
  inputs: Record<FusedKernels[Name]['inputs'], tf.Tensor>,
  attributes: Record<FusedKernels[Name]['attributes'], number>
): tf.Tensor[] | null {
  if (!hasFused(name)) return null;
  const results = tf.engine().runKernel<tf.Tensor | tf.Tensor[]>(name, inputs, attributes);
  return Array.isArray(results) ? results : [results];
}
