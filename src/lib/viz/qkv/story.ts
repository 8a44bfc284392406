/**
 * How one query looks at one key, number by number:
 *
 *     q·k = Σ qᵢkᵢ → ÷ √d_head = score → softmax over the keys = weight → weight · v → Σ over the keys = z
 *
 * The score and the weight shown are the model's own; what is computed here in float64 stands beside them as a check.
 */
import { mustBe, ShapeError } from '$lib/gpt2';
import { scoreDivisor } from '../common/score-divisor';

/** Activations of one layer, and of one head where it says so, flat and row-major. */
export interface HeadActivations {
  /** Queries, [T, n_head, d_head]. */
  q: Float32Array;
  /** Keys, [T, n_head, d_head]. */
  k: Float32Array;
  /** Values, [T, n_head, d_head]. */
  v: Float32Array;
  /** Attention-weighted values, [T, n_head, d_head]. */
  z: Float32Array;
  /** Of the head: q·k / √d_head, [T, T]; row = query; −Infinity where the key is after the query. */
  attn_scores: Float32Array;
  /** Of the head: softmax of the scores, [T, T]; probabilities. */
  pattern: Float32Array;
  n_head: number;
  d_head: number;
  /** What the scores are multiplied with beside 1 / √d_head; left out: 1, as in GPT-2. */
  factor?: number;
}

/** One head's look from a query to a key. */
export interface Look {
  head: number;
  /** Position that asks. */
  query: number;
  /** Position that is read, ≤ query. */
  key: number;
}

/** One key of the query's softmax. */
export interface SoftmaxTerm {
  key: number;
  /** The model's attn_scores value. */
  score: number;
  /** e^(score − the row's largest score), between 0 and 1. */
  exp: number;
  /** The model's pattern value; a probability. */
  weight: number;
}

/** Every number on the way from q and k to z. */
export interface AttentionStory {
  q: Float32Array;
  k: Float32Array;
  v: Float32Array;
  z: Float32Array;
  /** qᵢ · kᵢ by component. */
  product: Float64Array;
  /** Σ product, float64. */
  dot: number;
  /** What the score is divided by, as text: `√64`. */
  divisor: string;
  /** dot / divisor, float64. */
  computedScore: number;
  /** The model's own score, float32. */
  score: number;
  /** |computedScore − score|. */
  scoreDifference: number;
  /** One term for each key the query may see: keys 0 to query. */
  terms: SoftmaxTerm[];
  /** The row's largest score. */
  max: number;
  /** Σ of the terms' exp. */
  expSum: number;
  /** The term of the chosen key. */
  chosen: SoftmaxTerm;
}

/** Beyond this the model's score and the one computed here are not the same number, and the page says so. */
export const SCORE_TOLERANCE = 1e-3;

/** True if every array holds what T, n_head and d_head promise. */
export function holdsHead(activations: Partial<HeadActivations>, T: number): activations is HeadActivations {
  const { q, k, v, z, attn_scores, pattern, n_head = 0, d_head = 0 } = activations;
  const vectors = [q, k, v, z].every((array) => array?.length === T * n_head * d_head);
  return vectors && [attn_scores, pattern].every((array) => array?.length === T * T);
}

/** The d_head values of one head at one position, as a view on the array. Shapes: array [T, n_head, d_head] → [d_head]. */
export function headVector(
  array: Float32Array,
  position: number,
  head: number,
  n_head: number,
  d_head: number
): Float32Array {
  const start = (position * n_head + head) * d_head;
  return array.subarray(start, start + d_head);
}

/** One query's row up to and with itself. Shapes: array [T, T] → [query + 1]. */
function causalRow(array: Float32Array, query: number, T: number): Float32Array {
  const start = query * T;
  return array.subarray(start, start + query + 1);
}

function softmaxTerms(scores: Float32Array, weights: Float32Array, max: number): SoftmaxTerm[] {
  return Array.from(scores, (score, key) => ({
    key,
    score,
    exp: Math.exp(score - max),
    weight: weights[key]
  }));
}

/**
 * Follows one look from q and k to the weight.
 *
 * Shapes: as in HeadActivations; T is the number of positions.
 * Units:  dot, score: nats once scaled; weight: probability.
 * Throws: ShapeError if the arrays do not hold T positions; RangeError if key > query or query ≥ T.
 */
export function attentionStory(activations: HeadActivations, look: Look, T: number): AttentionStory {
  const { head, query, key } = look;
  const { n_head, d_head } = activations;
  if (!holdsHead(activations, T)) {
    const expected = `q, k, v, z [${T}, ${n_head}, ${d_head}] and attn_scores, pattern [${T}, ${T}]`;
    throw new ShapeError(
      mustBe('attentionStory: activations', expected, 'other lengths', 'Pass one run’s arrays.')
    );
  }
  if (!(key >= 0 && key <= query && query < T)) {
    const expected = `0 ≤ key ≤ query < ${T}`;
    const actual = `query ${query}, key ${key}`;
    throw new RangeError(
      mustBe('attentionStory: look', expected, actual, 'A query sees only keys up to itself.')
    );
  }
  const at = (array: Float32Array, position: number) => headVector(array, position, head, n_head, d_head);
  const [q, k, v, z] = [
    at(activations.q, query),
    at(activations.k, key),
    at(activations.v, key),
    at(activations.z, query)
  ];
  const product = Float64Array.from(q, (value, i) => value * k[i]);
  const dot = product.reduce((sum, value) => sum + value, 0);
  const divisor = scoreDivisor(d_head, activations.factor);
  const scores = causalRow(activations.attn_scores, query, T);
  const max = scores.reduce((largest, score) => Math.max(largest, score), -Infinity);
  const terms = softmaxTerms(scores, causalRow(activations.pattern, query, T), max);
  const expSum = terms.reduce((sum, term) => sum + term.exp, 0);
  const score = scores[key];
  const computedScore = dot / divisor.value;
  const scoreDifference = Math.abs(computedScore - score);
  const chosen = terms[key];
  return {
    q,
    k,
    v,
    z,
    product,
    dot,
    divisor: divisor.text,
    computedScore,
    score,
    scoreDifference,
    terms,
    max,
    expSum,
    chosen
  };
}

/** The order in which components are drawn: as stored, or from the largest product to the smallest. */
export function componentOrder(product: ArrayLike<number>, sorted: boolean): number[] {
  const order = Array.from(product, (_, i) => i);
  return sorted ? order.sort((a, b) => product[b] - product[a] || a - b) : order;
}

/** Digits after the point that two numbers share, for "equal to 6 digits"; at most `most`. */
export function sharedDigits(difference: number, most = 7): number {
  if (!(difference > 0)) return Number.isNaN(difference) ? 0 : most;
  return Math.max(0, Math.min(most, Math.floor(-Math.log10(2 * difference))));
}
