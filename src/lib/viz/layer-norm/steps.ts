/**
 * LayerNorm of one position, step by step:
 *
 *     x → (x − mean) / √(variance + ε) → · weight → + bias
 *
 * Everything in float64; the last step is compared with the model's own float32 output.
 */
import { mustBe, ShapeError } from '$lib/gpt2';

/** Mean and standard deviation of a vector. */
export interface Spread {
  mean: number;
  /** √variance, over n (not n − 1), as LayerNorm takes it. */
  std: number;
}

/** The four vectors and the numbers between them. */
export interface NormSteps {
  x: ArrayLike<number>;
  /** (x − mean) / scale. */
  centred: Float64Array;
  /** · weight. */
  weighted: Float64Array;
  /** + bias: LayerNorm's output. */
  shifted: Float64Array;
  mean: number;
  variance: number;
  /** √(variance + ε). */
  scale: number;
}

/** Mean and variance (over n). NaN in, NaN out; an empty vector has NaN. */
export function meanAndVariance(x: ArrayLike<number>): { mean: number; variance: number } {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i];
  const mean = sum / x.length;
  let squares = 0;
  for (let i = 0; i < x.length; i++) squares += (x[i] - mean) ** 2;
  return { mean, variance: squares / x.length };
}

/** Mean and standard deviation of a vector. */
export function spread(x: ArrayLike<number>): Spread {
  const { mean, variance } = meanAndVariance(x);
  return { mean, std: Math.sqrt(variance) };
}

/**
 * Takes one position through LayerNorm.
 *
 * Shapes: x, weight, bias [n_embd] → each step [n_embd].
 * Throws: ShapeError if weight or bias has another length than x.
 */
export function normSteps(
  x: ArrayLike<number>,
  weight: ArrayLike<number>,
  bias: ArrayLike<number>,
  epsilon: number
): NormSteps {
  if (weight.length !== x.length || bias.length !== x.length) {
    const actual = `[${weight.length}] and [${bias.length}]`;
    throw new ShapeError(
      mustBe('normSteps: weight and bias', `[${x.length}]`, actual, 'Pass those of one LayerNorm.')
    );
  }
  const { mean, variance } = meanAndVariance(x);
  const scale = Math.sqrt(variance + epsilon);
  const centred = Float64Array.from(x, (value) => (value - mean) / scale);
  const weighted = centred.map((value, i) => value * weight[i]);
  const shifted = weighted.map((value, i) => value + bias[i]);
  return { x, centred, weighted, shifted, mean, variance, scale };
}

/** Largest |a − b|; NaN if any difference is NaN. */
export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs(a[i] - b[i]);
    if (Number.isNaN(difference)) return NaN;
    largest = Math.max(largest, difference);
  }
  return largest;
}

/** One position's row of a [T, width] array, as a view. */
export function rowOf(array: Float32Array, position: number, width: number): Float32Array {
  return array.subarray(position * width, (position + 1) * width);
}

/** Spread before and after for every position. Shapes: before, after [T, n_embd] → [T]. */
export function spreadByPosition(
  before: Float32Array,
  after: Float32Array,
  n_embd: number
): { before: Spread; after: Spread }[] {
  return Array.from({ length: before.length / n_embd }, (_, position) => ({
    before: spread(rowOf(before, position, n_embd)),
    after: spread(rowOf(after, position, n_embd))
  }));
}
