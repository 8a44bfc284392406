import * as tf from '@tensorflow/tfjs-core';
import type { BlockActivations } from '../model/block.ts';
import { weightOf, type LinearWeights } from '../ops/linear.ts';
import { readsAtOnce } from '../ops/joined-reads.ts';
import { lookAt, lookAtEach, lookAtOnce, lookAtRows } from '../ops/look-at.ts';

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
 * Splits attn_out at some positions by source: part(s) = sum over heads of pattern[h, position, s] · v[s, h] · W_O[h].
 * The parts and the bias of a position sum to its attn_out.
 *
 * Where a head's output was edited, its parts are scaled to what lies along them; the rest of it comes from no source.
 *
 * One head at a time: the product of one head runs on the fast path of the wasm backend, a batch of all does not; it is
 * made once for all positions. All heads at once where that is one transfer from a GPU. Everything is asked of the block
 * before anything is waited for, so that it may go meanwhile.
 *
 * @param results of an edited run: what each head adds at each of the positions, [n_head, n_embd]
 *
 * Shapes: as in `SourceParts`.
 * Memory: leaves its inputs alone; on the device nothing stays; the arrays are the caller's.
 * Source: Kobayashi et al. (2020), "Attention is Not Only a Weight"; TransformerLens, hook_result.
 */
export async function sourceParts(
  { pattern, v }: Pick<BlockActivations, 'pattern' | 'v'>,
  c_proj: LinearWeights,
  positions: readonly number[],
  results: readonly Float32Array[] | null = null
): Promise<SourceParts[]> {
  const [n_head, T] = pattern.shape;
  const [, n_embd] = v.shape;
  const parts = positions.map((position) => emptyParts(position + 1, n_head, n_embd));
  const S = Math.max(...positions) + 1;
  const add = ({ head, values, attention, first }: HeadReading) => {
    const norms = sourceNorms(values, n_embd);
    positions.forEach((position, at) => {
      const start = (position - first) * T;
      const row = attention.subarray(start, start + position + 1);
      const result = results && rowOf(results[at], head, n_embd);
      addHead(parts[at], { values, norms, attention: row }, { head, n_head, result });
    });
  };
  const readHeads = readsAtOnce(n_head * S * n_embd) > 0 ? headsTogether : headsInTurn;
  const weight = weightOf(c_proj);
  try {
    const read = readHeads({ pattern, v, weight, first: Math.min(...positions), S }, add);
    const [bias] = await Promise.all([lookAt(c_proj.bias, (values) => values.slice()), read]);
    return parts.map((part) => ({ ...part, bias: bias.slice() }));
  } finally {
    weight.dispose();
  }
}

/** What is read of a block: of rows `first` to S − 1, from the first S positions. */
interface AskedHeads extends Pick<BlockActivations, 'pattern' | 'v'> {
  /** [n_embd, n_embd] */
  readonly weight: tf.Tensor2D;
  readonly first: number;
  readonly S: number;
}

/** What a head would write from each source with an attention of 1, [S, n_embd], and its attention from row `first` on. */
interface HeadReading {
  readonly head: number;
  readonly values: Float32Array;
  readonly attention: Float32Array;
  readonly first: number;
}

async function headsInTurn(
  { pattern, v, weight, first, S }: AskedHeads,
  add: (reading: HeadReading) => void
): Promise<void> {
  const [n_head, T] = pattern.shape;
  const rows = tf.reshape(pattern, [n_head * T, T]) as tf.Tensor2D;
  try {
    await lookAtEach(Array(n_head).keys(), async (head) => {
      const attention = await lookAtRows(rows, head * T + first, S - first, (values) => values.slice());
      await lookAtOnce(headValues(v, weight, head, n_head, S), (values) =>
        add({ head, values, attention, first })
      );
    });
  } finally {
    rows.dispose();
  }
}

async function headsTogether(
  { pattern, v, weight, first, S }: AskedHeads,
  add: (reading: HeadReading) => void
): Promise<void> {
  const [n_head, T] = pattern.shape;
  const rows = tf.slice(pattern, [0, first, 0], [n_head, S - first, T]);
  const [attention, values] = await Promise.all(
    [rows, allHeadValues(v, weight, n_head, S)].map((tensor) => lookAtOnce(tensor, (read) => read.slice()))
  );
  for (let head = 0; head < n_head; head++)
    add({
      head,
      values: rowOf(values, head, values.length / n_head),
      attention: rowOf(attention, head, attention.length / n_head),
      first
    });
}

function emptyParts(S: number, n_head: number, n_embd: number): Omit<SourceParts, 'bias'> {
  return {
    written: new Float32Array(S * n_embd),
    sizes: new Float32Array(S * n_head),
    pattern: new Float32Array(S * n_head)
  };
}

/** L1 norm of each row of [S, n_embd]. */
function sourceNorms(values: Float32Array, n_embd: number): Float64Array {
  return Float64Array.from({ length: values.length / n_embd }, (_, source) => {
    let size = 0;
    for (let i = source * n_embd; i < (source + 1) * n_embd; i++) size += Math.abs(values[i]);
    return size;
  });
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

/** `headValues` of every head, [n_head, S, n_embd]. */
function allHeadValues(v: tf.Tensor2D, weight: tf.Tensor2D, n_head: number, S: number): tf.Tensor3D {
  const [, n_embd] = v.shape;
  const d_head = n_embd / n_head;
  return tf.tidy(() => {
    const values = tf.reshape(tf.slice(v, [0, 0], [S, n_embd]), [S, n_head, d_head]);
    const weights = tf.reshape(weight, [n_head, d_head, n_embd]) as tf.Tensor3D;
    return tf.matMul(tf.transpose(values, [1, 0, 2]) as tf.Tensor3D, weights);
  });
}

const rowOf = (rows: Float32Array, index: number, width: number): Float32Array =>
  rows.subarray(index * width, (index + 1) * width);

/** What a head would write from each source with an attention of 1, [S, n_embd], its L1 norms, and its attention, [S]. */
interface HeadRow {
  readonly values: Float32Array;
  readonly norms: Float64Array;
  readonly attention: Float32Array;
}

function addHead(
  { written, sizes, pattern }: Omit<SourceParts, 'bias'>,
  { values, norms, attention }: HeadRow,
  { head, n_head, result }: { head: number; n_head: number; result: Float32Array | null }
): void {
  const n_embd = written.length / attention.length;
  const scale = result ? scaleOf(result, values.subarray(0, written.length), attention) : 1;
  for (let source = 0; source < attention.length; source++) {
    const weight = attention[source] * scale;
    for (let i = source * n_embd; i < (source + 1) * n_embd; i++) written[i] += weight * values[i];
    sizes[source * n_head + head] = Math.abs(weight) * norms[source];
    pattern[source * n_head + head] = attention[source];
  }
}

/** How much of what a head would write, Σ attention · values, is in its edited result. */
function scaleOf(result: Float32Array, values: Float32Array, attention: Float32Array): number {
  const n_embd = result.length;
  const mixed = new Float64Array(n_embd);
  values.forEach((value, i) => (mixed[i % n_embd] += attention[Math.floor(i / n_embd)] * value));
  return projection(result, mixed);
}

/** The factor of `on` in `vector`: 0 where nothing of it is left. */
function projection(vector: ArrayLike<number>, on: Float64Array): number {
  let [along, size] = [0, 0];
  on.forEach((value, i) => {
    along += value * vector[i];
    size += value * value;
  });
  return size > 0 ? along / size : 0;
}

/** Parts of a position whose attn_out was edited: scaled to what lies along them. */
export function scaledParts(parts: SourceParts, attn_out: Float32Array): SourceParts {
  const whole = Float64Array.from(parts.bias);
  parts.written.forEach((value, i) => (whole[i % whole.length] += value));
  const factor = projection(attn_out, whole);
  return {
    ...parts,
    written: parts.written.map((value) => value * factor),
    sizes: parts.sizes.map((size) => size * Math.abs(factor))
  };
}
