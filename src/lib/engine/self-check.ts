import * as tf from '@tensorflow/tfjs-core';
import { geluTanh, layerNorm, unembed } from '../gpt2/index.ts';

/**
 * A small problem with known answers, run before a backend is trusted with a model. Phones whose textures hold 16-bit
 * floats fail it: they round 2049/2048 to 1 and overflow above 65,504.
 */

/** Largest error allowed, relative to max(1, |answer|). float32 stays near 1e-6; float16 is wrong by 5e-4 and more. */
export const CHECK_TOLERANCE = 2e-5;

const SIZE = 48;
const OVER_FLOAT16 = 70_000;

/** [SIZE, SIZE] whole numbers and eighths that float32 holds exactly. */
const left = (row: number, column: number) => ((row * 7 + column * 3) % 17) - 8 + column / 2048;
const right = (row: number, column: number) => ((row * 5 + column * 11) % 13) - 6;

function grid(entry: (row: number, column: number) => number): Float32Array {
  return Float32Array.from({ length: SIZE * SIZE }, (_, i) => entry(Math.floor(i / SIZE), i % SIZE));
}

function expectedProduct(): Float64Array {
  return Float64Array.from({ length: SIZE * SIZE }, (_, i) => {
    let sum = 0;
    for (let k = 0; k < SIZE; k++) sum += left(Math.floor(i / SIZE), k) * right(k, i % SIZE);
    return sum;
  });
}

/** softmax([0, ln 2, ln 5]) = [1/8, 2/8, 5/8]. */
const SOFTMAX_INPUT = [0, Math.log(2), Math.log(5)];
const SOFTMAX_ANSWER = [0.125, 0.25, 0.625];

/** [1, 3, 5, 7]: mean 4, variance 5. */
const NORM_INPUT = [1, 3, 5, 7];
const NORM_ANSWER = NORM_INPUT.map((x) => (x - 4) / Math.sqrt(5));

function worst(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let error = 0;
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs(actual[i] - expected[i]) / Math.max(1, Math.abs(expected[i]));
    if (Number.isNaN(difference)) return Infinity;
    error = Math.max(error, difference);
  }
  return error;
}

/** The tanh GELU, to ten digits. */
const GELU_INPUT = [-1, 0, 1, 2];
const GELU_ANSWER = [-0.1588080094, 0, 0.8411919906, 1.954597694];

/** One problem: its name, what the backend made of it, and the answer. */
interface KnownProblem {
  readonly name: string;
  readonly output: tf.Tensor;
  readonly answer: ArrayLike<number>;
}

/** The problems, computed on the current backend by the kernels that a model uses. Memory: their tensors are the caller's. */
function compute(): KnownProblem[] {
  const product = expectedProduct();
  const a = tf.tensor2d(grid(left), [SIZE, SIZE]);
  const b = tf.tensor2d(grid(right), [SIZE, SIZE]);
  const bias = tf.tensor1d(new Float32Array(SIZE).fill(1));
  const norm = { weight: tf.ones([4]) as tf.Tensor1D, bias: tf.zeros([4]) as tf.Tensor1D, epsilon: 0 };
  const large = [OVER_FLOAT16, 1 + 1 / 2048];
  return [
    { name: 'matMul', output: tf.matMul(a, b), answer: product },
    {
      name: 'fused.matMul',
      output: tf.fused.matMul({ a, b, bias }),
      answer: product.map((value) => value + 1)
    },
    { name: 'unembed', output: unembed(a, tf.transpose(b)), answer: product },
    { name: 'softmax', output: tf.softmax(tf.tensor1d(SOFTMAX_INPUT)), answer: SOFTMAX_ANSWER },
    { name: 'layerNorm', output: layerNorm(tf.tensor2d([NORM_INPUT]), norm).normalized, answer: NORM_ANSWER },
    { name: 'gelu_new', output: geluTanh(tf.tensor1d(GELU_INPUT)), answer: GELU_ANSWER },
    { name: 'float32', output: tf.mul(tf.tensor1d(large), 1), answer: large }
  ];
}

/** A problem as it came out. */
export interface SolvedProblem {
  readonly name: string;
  /** Largest error, relative to max(1, |answer|); Infinity if a result is NaN. */
  readonly error: number;
  readonly numbers: number;
}

/**
 * Runs products (plain, with bias, with a transpose), a softmax, a LayerNorm, a GELU and a large number through the
 * current backend.
 *
 * Memory: leaves no tensor behind.
 */
export async function solveProblems(): Promise<SolvedProblem[]> {
  let problems: KnownProblem[] = [];
  tf.tidy(() => {
    problems = compute();
    return problems.map(({ output }) => output);
  });
  const solved: SolvedProblem[] = [];
  for (const { name, output, answer } of problems) {
    solved.push({ name, error: worst(await output.data(), answer), numbers: answer.length });
    output.dispose();
  }
  return solved;
}

/** The largest error over all problems: see solveProblems. */
export async function selfCheck(): Promise<number> {
  return Math.max(...(await solveProblems()).map(({ error }) => error));
}
