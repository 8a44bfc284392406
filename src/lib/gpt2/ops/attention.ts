import * as tf from '@tensorflow/tfjs-core';
import { InputError, mustBe } from '../errors.ts';
import { expectShape } from './expect-shape.ts';
import { runFused } from './fused-kernels.ts';
import { UNEDITED, type NamedPoints } from './named-points.ts';
import { inputsOf, linear, weightOf, type LinearWeights } from './linear.ts';
import type { BlockWeights } from '../model/weights.ts';

/**
 * Added to the score of a key after the query: so low that the softmax gives exactly 0 whatever the scores of other keys
 * are, and finite, because GPUs need not compute with infinities. It is half of the lowest float32, so that its sum with
 * a score is a float32 too. Readers of a trace get -Infinity in its place.
 */
export const MASKED = -(2 ** 127);

export interface AttentionActivations {
  /** [T, n_embd] each; row-major, so the same numbers as [T, n_head, d_head]. */
  readonly q: tf.Tensor2D;
  readonly k: tf.Tensor2D;
  readonly v: tf.Tensor2D;
  /** [n_head, T, T]: q·k / sqrt(d_head) score_factor; keys after the query hold a huge negative number. */
  readonly attn_scores: tf.Tensor3D;
  /** [n_head, T, T]: probabilities; row = query. */
  readonly pattern: tf.Tensor3D;
  /** [T, n_embd] (= [T, n_head, d_head]): attention-weighted v. */
  readonly z: tf.Tensor2D;
  /** [T, n_embd]: what attention adds to the residual stream. */
  readonly attn_out: tf.Tensor2D;
}

/** The masks that `causalMask` has made: the fused kernel knows no other, and never looks at their values. */
const causalMasks = new WeakSet<tf.Tensor3D>();

/** [1, T, T]: 0 where key ≤ query, MASKED elsewhere. The caller disposes it. */
export function causalMask(T: number): tf.Tensor3D {
  const values = new Float32Array(T * T);
  for (let query = 0; query < T; query++) values.fill(MASKED, query * T + query + 1, (query + 1) * T);
  const mask = tf.tensor3d(values, [1, T, T]);
  causalMasks.add(mask);
  return mask;
}

/**
 * Causal multi-head self-attention, keeping every step.
 *
 * Shapes: x [T, n_embd], mask [1, T, T], added to the scores → see AttentionActivations. `at` may edit each of these, and
 *         `result` [T, n_head, n_embd] on the way from z to attn_out. With B runs of T rows below one another, x is
 *         [B·T, n_embd], the mask the same, and every first axis B times as long: each run attends to itself alone.
 * Memory: leaves its inputs alone; the caller disposes every result.
 * Throws: ShapeError if x is not [B·T, n_embd] for the mask's T; InputError if the heads do not share n_embd.
 * Source: Vaswani et al. (2017), section 3.2; openai/gpt-2, src/model.py, attn().
 */
export function attention(
  x: tf.Tensor2D,
  weights: Pick<BlockWeights, 'c_attn' | 'attn'>,
  n_head: number,
  mask: tf.Tensor3D,
  at: NamedPoints = UNEDITED
): AttentionActivations {
  const [rows] = x.shape;
  const T = rows % mask.shape[1] === 0 ? mask.shape[1] : rows;
  const n_embd = inputsOf(weights.attn.c_proj);
  expectHeads('attention: n_head', n_head, n_embd);
  expectShape('attention: x', x, [null, n_embd], 'Pass the output of ln_1.');
  expectShape('attention: mask', mask, [1, T, T], 'Make it with causalMask(T).');
  return tf.tidy(() => {
    const { q, k } = queriesAndKeys(x, weights, at);
    const v = at('v', linear(x, weights.c_attn.v));
    const queries = scaleQueries(q, weights.attn.score_factor);
    const attended =
      (isCausalAlone(mask, at) && attendCausally(queries, k, v, n_head, T)) ||
      attend(queries, k, v, n_head, mask, at);
    const z = at('z', attended.z);
    const attn_out = at('attn_out', writeOut(z, weights.attn.c_proj, n_head, at));
    return { q, k, v, ...attended, z, attn_out };
  });
}

/**
 * The pattern of `attention` without what follows from it: no values are made, and nothing is written.
 *
 * Shapes: x [T, n_embd] → [n_head, T, T].
 * Memory, throws: as `attention`.
 */
export function attentionPattern(
  x: tf.Tensor2D,
  weights: Pick<BlockWeights, 'c_attn' | 'attn'>,
  n_head: number,
  mask: tf.Tensor3D,
  at: NamedPoints = UNEDITED
): tf.Tensor3D {
  expectHeads('attentionPattern: n_head', n_head, inputsOf(weights.attn.c_proj));
  return tf.tidy(() => {
    const { q, k } = queriesAndKeys(x, weights, at);
    const queries = scaleQueries(q, weights.attn.score_factor);
    // the keys stand where values would: what the kernel mixes of them is not looked at
    const attended = isCausalAlone(mask, at) ? attendCausally(queries, k, k, n_head, mask.shape[1]) : null;
    return (attended ?? weigh(queries, k, n_head, mask, at)).pattern;
  });
}

/** q and k of a block, without what follows from them. Memory: call it in a `tf.tidy`. */
export function queriesAndKeys(
  x: tf.Tensor2D,
  { c_attn }: Pick<BlockWeights, 'c_attn'>,
  at: NamedPoints = UNEDITED
): Pick<AttentionActivations, 'q' | 'k'> {
  return { q: at('q', linear(x, c_attn.q)), k: at('k', linear(x, c_attn.k)) };
}

/**
 * Every head's pattern as a small map, in one kernel; null where the backend has none.
 *
 * Shapes: q, k [padded, n_embd] → [n_head, mapNumbers(T, block)].
 * Memory: leaves its inputs alone; call it in a `tf.tidy`.
 */
export function mapPatterns(
  { q, k }: Pick<AttentionActivations, 'q' | 'k'>,
  { attn }: Pick<BlockWeights, 'attn'>,
  sizes: { readonly n_head: number; readonly T: number; readonly block: number }
): tf.Tensor2D | null {
  const maps = runFused('Gpt2HeadMaps', { q: scaleQueries(q, attn.score_factor), k }, sizes);
  return maps && (maps[0] as tf.Tensor2D);
}

/** True if scores and pattern are what follows from q, k and the causal mask, so that one kernel may make both. */
export function isCausalAlone(mask: tf.Tensor3D, at: NamedPoints): boolean {
  return causalMasks.has(mask) && !at.touches('attn_scores', 'pattern');
}

/** z through c_proj, whole or, where an edit stands between the heads' results and their sum, head by head. */
function writeOut(z: tf.Tensor2D, c_proj: LinearWeights, n_head: number, at: NamedPoints): tf.Tensor2D {
  if (!at.touches('result')) return linear(z, c_proj);
  const results = at('result', tf.transpose(headResults(z, c_proj, n_head), [1, 0, 2])); // [T, n_head, n_embd]
  return tf.add(tf.sum(results, 1), c_proj.bias) as tf.Tensor2D;
}

/** Throws: InputError if n_embd cannot be split into so many heads of one size. */
function expectHeads(where: string, n_head: number, n_embd: number): void {
  if (Number.isInteger(n_head) && n_head > 0 && n_embd % n_head === 0) return;
  throw new InputError(mustBe(where, `a divisor of ${n_embd}`, n_head, "Pass the model's n_head."));
}

/** Queries that make every score `factor` times what it would be: themselves where that is 1, as in GPT-2. */
export function scaleQueries(q: tf.Tensor2D, factor: number): tf.Tensor2D {
  return factor === 1 ? q : (tf.mul(q, factor) as tf.Tensor2D);
}

type Attended = Pick<AttentionActivations, 'attn_scores' | 'pattern' | 'z'>;

/**
 * Scores, probabilities and values weighed under the causal mask, in one kernel; null where the backend has none.
 *
 * @param T rows of a run: q, k and v hold one run or several below one another
 * Memory: leaves its inputs alone; the caller disposes the results.
 */
export function attendCausally(
  q: tf.Tensor2D,
  k: tf.Tensor2D,
  v: tf.Tensor2D,
  n_head: number,
  T: number
): Attended | null {
  const fused = runFused('Gpt2Attention', { q, k, v }, { n_head, T, masked: MASKED });
  if (!fused) return null;
  const [attn_scores, pattern, z] = fused;
  return { attn_scores: attn_scores as tf.Tensor3D, pattern: pattern as tf.Tensor3D, z: z as tf.Tensor2D };
}

function attend(
  q: tf.Tensor2D,
  k: tf.Tensor2D,
  v: tf.Tensor2D,
  n_head: number,
  mask: tf.Tensor3D,
  at: NamedPoints
): Attended {
  const [rows, n_embd] = q.shape;
  const T = mask.shape[1];
  const split = [rows / T, T, n_head, n_embd / n_head]; // [B, T, n_head, d_head]
  const { attn_scores, pattern } = weigh(q, k, n_head, mask, at);
  const byHead = tf.transpose(tf.reshape(v, split), [0, 2, 1, 3]);
  const values = tf.reshape(byHead, [-1, T, n_embd / n_head]); // [B·n_head, T, d_head]
  const mixed = tf.reshape(tf.matMul(pattern, values), byHead.shape);
  const z = tf.reshape(tf.transpose(mixed, [0, 2, 1, 3]), [rows, n_embd]) as tf.Tensor2D;
  return { attn_scores, pattern, z };
}

/** Scores under the mask, and their softmax. */
function weigh(
  q: tf.Tensor2D,
  k: tf.Tensor2D,
  n_head: number,
  mask: tf.Tensor3D,
  at: NamedPoints
): Pick<Attended, 'attn_scores' | 'pattern'> {
  const [rows, n_embd] = q.shape;
  const T = mask.shape[1];
  const d_head = n_embd / n_head;
  const heads = (t: tf.Tensor2D) => tf.reshape(t, [rows / T, T, n_head, d_head]);
  const scaled = tf.div(q, Math.sqrt(d_head)) as tf.Tensor2D; // here and not later: the scores are far larger
  const queries = tf.reshape(tf.transpose(heads(scaled), [0, 2, 1, 3]), [-1, T, d_head]); // [B·n_head, T, d_head]
  const keys = tf.reshape(tf.transpose(heads(k), [0, 2, 3, 1]), [-1, d_head, T]); // [B·n_head, d_head, T]
  const scores = tf.tidy(() => tf.add(tf.matMul(queries, keys), mask)) as tf.Tensor3D; // [B·n_head, T, T]
  const attn_scores = at('attn_scores', scores);
  return { attn_scores, pattern: at('pattern', tf.softmax(attn_scores)) };
}

/**
 * What each head adds to the residual stream: its own slice of z through its own rows of c_proj. The heads' results
 * and c_proj's bias sum to attn_out.
 *
 * Shapes: z [T, n_embd] → [n_head, T, n_embd].
 * Memory: leaves its inputs alone; the caller disposes the result.
 * Throws: ShapeError if z is not [T, n_embd]; InputError if the heads do not share n_embd.
 * Source: TransformerLens, hook_result.
 */
export function headResults(z: tf.Tensor2D, c_proj: LinearWeights, n_head: number): tf.Tensor3D {
  expectHeads('headResults: n_head', n_head, inputsOf(c_proj));
  expectShape('headResults: z', z, [null, inputsOf(c_proj)], 'Pass z of the same block.');
  const [T, n_embd] = z.shape;
  const d_head = n_embd / n_head;
  return tf.tidy(() => {
    const perHead = tf.transpose(tf.reshape(z, [T, n_head, d_head]), [1, 0, 2]); // [n_head, T, d_head]
    return tf.matMul(perHead, tf.reshape(weightOf(c_proj), [n_head, d_head, n_embd])) as tf.Tensor3D;
  });
}
