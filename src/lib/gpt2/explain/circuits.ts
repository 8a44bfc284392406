/**
 * What heads and neurons do by their weights alone, without a prompt. ln_1's weight is folded into W_Q, W_K and W_V, whose
 * columns are centred over n_embd, and what is written is centred too: LayerNorm takes means out anyway. Biases and
 * LayerNorm's scale are left out. Raw weights give other numbers.
 */
import * as tf from '@tensorflow/tfjs-core';
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import type { Gpt2Transformer } from '../model/model.ts';
import { nextTask } from '../next-task.ts';
import { seededRandom } from '../numbers/random.ts';
import { weightOf, type LinearWeights } from '../ops/linear.ts';
import type { Progress } from './metric.ts';

/** One layer's folded weights: q, k, v [n_embd, n_embd] by columns of heads, o [n_embd, n_embd] by rows of heads. */
interface Folded {
  readonly q: tf.Tensor2D;
  readonly k: tf.Tensor2D;
  readonly v: tf.Tensor2D;
  readonly o: tf.Tensor2D;
}

/** Memory: the caller disposes the tensors. */
function foldLayer({ weights }: Gpt2Transformer, layer: number): Folded {
  const { ln_1, c_attn, attn } = weights.h[layer];
  return tf.tidy(() => {
    const fold = (linear: LinearWeights) => {
      const scaled = tf.mul(weightOf(linear), tf.reshape(ln_1.weight, [-1, 1]));
      return tf.sub(scaled, tf.mean(scaled, 0, true)) as tf.Tensor2D;
    };
    const out = weightOf(attn.c_proj);
    const o = tf.sub(out, tf.mean(out, 1, true)) as tf.Tensor2D;
    return { q: fold(c_attn.q), k: fold(c_attn.k), v: fold(c_attn.v), o };
  });
}

/**
 * OV copying scores: sum of the eigenvalues of W_V W_O over the sum of their absolute values. Near 1, a head that reads a
 * token makes the same token likelier by its weights; it does not find heads that copy by way of other parts.
 *
 * Shapes: [n_layer][n_head], from −1 to 1.
 * Memory: one layer's weights at a time; leaves no tensor behind.
 * Source: Elhage et al. (2021), "A Mathematical Framework for Transformer Circuits".
 */
export async function copyingScores(model: Gpt2Transformer, signal?: AbortSignal): Promise<number[][]> {
  const { n_layer, n_head } = model.config;
  const scores: number[][] = [];
  for (let layer = 0; layer < n_layer; layer++) {
    await nextTask();
    signal?.throwIfAborted();
    // the eigenvalues of V O that are not 0 are those of O V, [d_head, d_head] for each head
    const blocks = await headProducts(model, layer, layer, 'v');
    scores.push(Array.from({ length: n_head }, (_, head) => copyingScore(blocks(head, head))));
  }
  return scores;
}

function copyingScore(product: Matrix): number {
  const { realEigenvalues, imaginaryEigenvalues } = new EigenvalueDecomposition(product);
  const size = realEigenvalues.reduce((sum, real, i) => sum + Math.hypot(real, imaginaryEigenvalues[i]), 0);
  return size > 0 ? realEigenvalues.reduce((sum, real) => sum + real, 0) / size : 0;
}

/** W_O of each head of a layer times what each head of another one reads with: a [d_head, d_head] matrix a pair. */
async function headProducts(
  model: Gpt2Transformer,
  from: number,
  to: number,
  input: 'q' | 'k' | 'v'
): Promise<(sender: number, receiver: number) => Matrix> {
  const product = tf.tidy(() => tf.matMul(foldLayer(model, from).o, foldLayer(model, to)[input]));
  const { n_embd, n_head } = model.config;
  const values = await read(product);
  const d_head = n_embd / n_head;
  return (sender, receiver) => block(values, n_embd, sender * d_head, receiver * d_head, d_head);
}

function block(values: Float32Array, width: number, top: number, left: number, size: number): Matrix {
  const matrix = new Matrix(size, size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++)
      matrix.set(row, column, values[(top + row) * width + left + column]);
  }
  return matrix;
}

async function read(tensor: tf.Tensor): Promise<Float32Array> {
  try {
    return Float32Array.from(await tensor.data());
  } finally {
    tensor.dispose();
  }
}

/** How much what an earlier head writes lies where a later head reads, three ways. */
export interface Composition {
  readonly from: { readonly layer: number; readonly head: number };
  readonly to: { readonly layer: number; readonly head: number };
  readonly q: number;
  readonly k: number;
  readonly v: number;
}

export interface CompositionRow extends Progress {
  /** The layers that were compared. */
  readonly from: number;
  readonly to: number;
  /** Every pair of their heads. */
  readonly pairs: readonly Composition[];
}

/**
 * Composition scores of every pair of heads, the sender in an earlier layer:
 *
 *     ‖W_OV · W_r‖ / (‖W_OV‖ ‖W_r‖), Frobenius norms; r = W_QK (q), its transpose (k), W_OV (v) of the later head
 *
 * Yields the pairs of two layers at a time. The ranking is not a list of circuits: compare it with `compositionBaseline`.
 *
 * Memory: a few layers' weights at a time; leaves no tensor behind, also where it is stopped.
 * Source: Elhage et al. (2021), section "Composition".
 */
export async function* compositionScores(
  model: Gpt2Transformer,
  signal?: AbortSignal
): AsyncGenerator<CompositionRow, void, void> {
  const { n_layer, n_head } = model.config;
  const grams = new Map<number, LayerGrams>();
  for (let layer = 0; layer < n_layer; layer++) grams.set(layer, await layerGrams(model, layer));
  const total = (n_layer * (n_layer - 1)) / 2;
  let done = 0;
  for (let from = 0; from < n_layer; from++) {
    for (let to = from + 1; to < n_layer; to++) {
      await nextTask();
      signal?.throwIfAborted();
      const [q, k, v] = [
        await headProducts(model, from, to, 'q'),
        await headProducts(model, from, to, 'k'),
        await headProducts(model, from, to, 'v')
      ];
      const [own, later] = [grams.get(from)!, grams.get(to)!];
      const pairs = pairsOf(n_head, (sender, receiver) => {
        const left = own.v[sender]; // ‖V M Rᵀ‖² = tr(Mᵀ VᵀV M RᵀR)
        const written = norm(left, own.o[sender]);
        const score = (product: Matrix, right: Matrix, size: number) =>
          Math.sqrt(Math.max(0, product.transpose().mmul(left).mmul(product).mmul(right).trace())) /
          (written * size);
        const qk = norm(later.q[receiver], later.k[receiver]);
        return {
          from: { layer: from, head: sender },
          to: { layer: to, head: receiver },
          q: score(q(sender, receiver), later.k[receiver], qk),
          k: score(k(sender, receiver), later.q[receiver], qk),
          v: score(v(sender, receiver), later.o[receiver], norm(later.v[receiver], later.o[receiver]))
        };
      });
      yield { from, to, pairs, done: ++done, total };
    }
  }
}

function pairsOf<T>(n_head: number, of: (sender: number, receiver: number) => T): T[] {
  return Array.from({ length: n_head ** 2 }, (_, i) => of(Math.floor(i / n_head), i % n_head));
}

/** Products of a head's own weights with themselves, [d_head, d_head] each: XᵀX of q, k and v, O Oᵀ of o. */
interface LayerGrams {
  readonly q: Matrix[];
  readonly k: Matrix[];
  readonly v: Matrix[];
  readonly o: Matrix[];
}

/** ‖X Yᵀ‖ from XᵀX and YᵀY. */
const norm = (left: Matrix, right: Matrix) => Math.sqrt(Math.max(0, left.mmul(right).trace()));

async function layerGrams(model: Gpt2Transformer, layer: number): Promise<LayerGrams> {
  const { n_embd, n_head } = model.config;
  const d_head = n_embd / n_head;
  const products = tf.tidy(() => {
    const { q, k, v, o } = foldLayer(model, layer);
    const columns = (x: tf.Tensor2D) => tf.matMul(tf.transpose(x), x);
    return [columns(q), columns(k), columns(v), tf.matMul(o, tf.transpose(o))];
  });
  const [q, k, v, o] = await Promise.all(products.map(read));
  const blocks = (values: Float32Array) =>
    Array.from({ length: n_head }, (_, head) => block(values, n_embd, head * d_head, head * d_head, d_head));
  return { q: blocks(q), k: blocks(k), v: blocks(v), o: blocks(o) };
}

export interface CompositionBaseline {
  /** Mean score of random heads of these sizes. */
  readonly mean: number;
  readonly deviation: number;
  readonly samples: number;
}

/**
 * The composition score that heads of normal random weights have; the same for q, k and v.
 *
 * @param samples how many pairs of random heads
 */
export function compositionBaseline(model: Gpt2Transformer, samples = 8, seed = 0): CompositionBaseline {
  const { n_embd, n_head } = model.config;
  const d_head = n_embd / n_head;
  const next = seededRandom(seed);
  const random = () =>
    Matrix.from1DArray(
      n_embd,
      d_head,
      Array.from({ length: n_embd * d_head }, () => normal(next))
    );
  const scores = Array.from({ length: samples }, () => {
    const [v, o, a, b] = [random(), random(), random(), random()];
    const gram = (x: Matrix) => x.transpose().mmul(x);
    const product = o.transpose().mmul(a);
    const joined = product.transpose().mmul(gram(v)).mmul(product).mmul(gram(b)).trace();
    return Math.sqrt(joined) / (norm(gram(v), gram(o)) * norm(gram(a), gram(b)));
  });
  const mean = scores.reduce((sum, score) => sum + score, 0) / samples;
  const variance = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / samples;
  return { mean, deviation: Math.sqrt(variance), samples };
}

/** A number of the standard normal distribution, by Box and Muller. */
function normal(next: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
}
