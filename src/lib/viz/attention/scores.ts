/**
 * The numbers of one head's map, at each of the four stages a score passes through:
 *
 *     q·k  →  q·k / √d_head (see `scoreDivisor`)  →  masked (key > query is −∞)  →  softmax over the keys
 */

import { scoreDivisor } from '../common/score-divisor';

/** Which step of the head the large map shows. */
export type Stage = 'qk' | 'scaled' | 'masked' | 'softmax';

/** How the large picture is drawn. */
export type Form = 'matrix' | 'arcs' | 'text';

/** Which small maps are shown: the heads of the layer, or of every layer. */
export type HeadsShown = 'layer' | 'all';

/** Sizes that turn the flat arrays of a block's attention into rows. */
export interface HeadShape {
  /** Number of tokens. */
  readonly T: number;
  readonly n_head: number;
  readonly d_head: number;
  /** What the block's scores are multiplied with beside 1 / √d_head; left out: 1, as in GPT-2. */
  readonly factor?: number;
}

/** What attention left in the trace, of one head or its block; an array that is not loaded yet is undefined. */
export interface BlockAttention {
  /** [T, n_head, d_head]. */
  readonly q: Float32Array | undefined;
  /** [T, n_head, d_head]. */
  readonly k: Float32Array | undefined;
  /** Of the head: [T, T], scaled and masked; row = query. */
  readonly attn_scores: Float32Array | undefined;
  /** Of the head: [T, T], probabilities; row = query. */
  readonly pattern: Float32Array | undefined;
}

/** True where causal attention lets a query read a key. */
export const mayRead = (query: number, key: number): boolean => key <= query;

/**
 * The query's dot product with every key, also with those the mask will hide.
 *
 * Shapes: q, k [T, n_head, d_head] → [T], summed in float64.
 * Units:  none; these are the raw scores before the division by √d_head.
 */
export function dotRow(
  q: Float32Array,
  k: Float32Array,
  shape: HeadShape,
  head: number,
  query: number
): Float64Array {
  const { T, n_head, d_head } = shape;
  const row = new Float64Array(T);
  const start = (query * n_head + head) * d_head;
  for (let key = 0; key < T; key++) {
    const other = (key * n_head + head) * d_head;
    let sum = 0;
    for (let i = 0; i < d_head; i++) sum += q[start + i] * k[other + i];
    row[key] = sum;
  }
  return row;
}

/**
 * q·k of every pair of one head, above the diagonal too.
 *
 * Shapes: q, k [T, n_head, d_head] → [T, T] row-major, row = query.
 */
export function dotProducts(q: Float32Array, k: Float32Array, shape: HeadShape, head: number): Float64Array {
  const { T } = shape;
  const dots = new Float64Array(T * T);
  for (let query = 0; query < T; query++) dots.set(dotRow(q, k, shape, head, query), query * T);
  return dots;
}

/** q·k / √d_head of every value, or what else the block divides by. Shapes: any → the same. */
export function scaleScores(dots: Float64Array, d_head: number, factor?: number): Float64Array {
  const { value } = scoreDivisor(d_head, factor);
  return dots.map((dot) => dot / value);
}

/** The array if it has the length these sizes ask for; undefined while it belongs to another prompt. */
export function ifSized<A extends { readonly length: number }>(
  values: A | undefined,
  length: number
): A | undefined {
  return values?.length === length ? values : undefined;
}

/** Drops the arrays whose length does not fit the sizes: left over from another prompt or model. */
export function fittingAttention(block: BlockAttention, { T, n_head, d_head }: HeadShape): BlockAttention {
  return {
    q: ifSized(block.q, T * n_head * d_head),
    k: ifSized(block.k, T * n_head * d_head),
    attn_scores: ifSized(block.attn_scores, T * T),
    pattern: ifSized(block.pattern, T * T)
  };
}

/**
 * The large map's values at a stage, or undefined while what they are made of is not loaded.
 *
 * Shapes: [T, T] row-major, row = query.
 * Units:  raw scores (qk), scores in nats (scaled, masked), probabilities (softmax).
 */
export function stageValues(
  stage: Stage,
  block: BlockAttention,
  shape: HeadShape,
  head: number
): Float64Array | Float32Array | undefined {
  const { q, k, attn_scores, pattern } = block;
  if (stage === 'softmax') return pattern;
  if (stage === 'masked') return attn_scores;
  if (!q || !k) return undefined;
  const dots = dotProducts(q, k, shape, head);
  return stage === 'qk' ? dots : scaleScores(dots, shape.d_head, shape.factor);
}
