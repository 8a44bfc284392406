import * as tf from '@tensorflow/tfjs-core';
import type { BlockActivations } from '../model/block.ts';
import { weightOf, type LinearWeights } from '../ops/linear.ts';
import { lookAtOnce, lookAtRows } from '../ops/look-at.ts';

/** What one position's attention adds to its stream, by the position it was read from. S = position + 1. */
export interface SourceParts {
  /** What all heads together write from each source, [S, n_embd]. */
  readonly written: Float32Array;
  /** L1 norm of what each head writes from each source, [S, n_head]. */
  readonly sizes: Float32Array;
  /** Attention of each head, [S, n_head]; probabilities. */
  readonly pattern: Float32Array;
  /** c_proj's bias, [n_embd]: it comes from no source. */
  readonly bias: Float32Array;
}

/**
 * Splits attn_out at one position by source: part(s) = sum over heads of pattern[h, position, s] · v[s, h] · W_O[h].
 * The parts and the bias sum to attn_out.
 *
 * One head at a time: the product of one head runs on the fast path of the wasm backend, a batch of all does not.
 *
 * Shapes: as in `SourceParts`.
 * Memory: leaves its inputs alone; on the device nothing stays; the arrays are the caller's.
 * Source: Kobayashi et al. (2020), "Attention is Not Only a Weight"; TransformerLens, hook_result.
 */
export async function sourceParts(
  { pattern, v }: Pick<BlockActivations, 'pattern' | 'v'>,
  c_proj: LinearWeights,
  position: number
): Promise<SourceParts> {
  const [n_head, T] = pattern.shape;
  const S = position + 1;
  const [, n_embd] = v.shape;
  const parts = {
    written: new Float32Array(S * n_embd),
    sizes: new Float32Array(S * n_head),
    pattern: new Float32Array(S * n_head),
    bias: Float32Array.from((await c_proj.bias.data()) as Float32Array)
  };
  const rows = tf.reshape(pattern, [n_head * T, T]) as tf.Tensor2D;
  const weight = weightOf(c_proj);
  try {
    for (let head = 0; head < n_head; head++) {
      const attention = await lookAtRows(rows, head * T + position, 1, (row) => row.slice(0, S));
      await lookAtOnce(headValues(v, weight, head, n_head, S), (values) =>
        addHead(parts, values, attention, head, n_head)
      );
    }
  } finally {
    tf.dispose([rows, weight]);
  }
  return parts;
}

/** What a head would write from each of the first S positions with an attention of 1, [S, n_embd]. */
export function headValues(
  v: tf.Tensor2D,
  weight: tf.Tensor2D,
  head: number,
  n_head: number,
  S: number
): tf.Tensor2D {
  const [, n_embd] = v.shape;
  const d_head = n_embd / n_head;
  return tf.tidy(() =>
    tf.matMul(
      tf.slice(v, [0, head * d_head], [S, d_head]),
      tf.slice(weight, [head * d_head, 0], [d_head, n_embd])
    )
  );
}

function addHead(
  { written, sizes, pattern }: SourceParts,
  values: Float32Array,
  attention: Float32Array,
  head: number,
  n_head: number
): void {
  const n_embd = values.length / attention.length;
  for (let source = 0; source < attention.length; source++) {
    const weight = attention[source];
    let size = 0;
    for (let i = source * n_embd; i < (source + 1) * n_embd; i++) {
      const part = weight * values[i];
      written[i] += part;
      size += Math.abs(part);
    }
    sizes[source * n_head + head] = size;
    pattern[source * n_head + head] = weight;
  }
}
