import * as tf from '@tensorflow/tfjs-core';
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import type { Gpt2Transformer } from '../model/model.ts';
import { lookAtOnce } from '../ops/look-at.ts';
import { wholeTable } from '../ops/table.ts';

/** Rows of an embedding on their two widest directions. */
export interface EmbeddingMap {
  /** Coordinates of each row: (row − mean row) · direction. [rows] */
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** Which part of all variance lies along each direction, from 0 to 1. */
  readonly shares: readonly [number, number];
}

/**
 * wte or wpe as a map by principal components: the directions, orthogonal and of length 1, along which the rows less
 * their mean vary most. Each points to where its largest component is positive, since its sign means nothing.
 *
 * Shapes: [rows, n_embd] → [rows] each.
 * Memory: leaves no tensor behind; [n_embd, n_embd] in double precision while it works.
 */
export async function embeddingMap(model: Gpt2Transformer, name: 'wte' | 'wpe'): Promise<EmbeddingMap> {
  const { wte, wpe } = model.weights;
  const width = wpe.shape[1];
  const whole = () => (name === 'wte' ? wholeTable(wte) : wpe);
  const products = tf.tidy(() => {
    const matrix = whole();
    const centred = tf.sub(matrix, tf.mean(matrix, 0, true)) as tf.Tensor2D;
    return tf.matMul(centred, centred, true, false);
  });
  const { values, vectors, total } = await lookAtOnce(products, (data) => decompose(data, width));
  const directions = tf.tensor2d(vectors.flat(), [2, width]);
  try {
    const placed = tf.tidy(() => {
      const matrix = whole();
      const mean = tf.mean(matrix, 0, true);
      const offset = tf.matMul(mean as tf.Tensor2D, directions, false, true);
      return tf.sub(tf.matMul(matrix, directions, false, true), offset);
    });
    return await lookAtOnce(placed, (data) => {
      const axis = (at: number) =>
        Float32Array.from({ length: data.length / 2 }, (_, row) => data[row * 2 + at]);
      const share = (at: number) => (total > 0 ? values[at] / total : 0);
      return { x: axis(0), y: axis(1), shares: [share(0), share(1)] as const };
    });
  } finally {
    directions.dispose();
  }
}

/** The two largest eigenvalues of a symmetric [width, width] matrix with their directions, and the sum of all. */
function decompose(data: Float32Array, width: number) {
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(
    Matrix.from1DArray(width, width, data),
    { assumeSymmetric: true }
  );
  const order = realEigenvalues.map((_, i) => i).toSorted((a, b) => realEigenvalues[b] - realEigenvalues[a]);
  const pair = [order[0], order[1] ?? order[0]];
  return {
    values: pair.map((i) => realEigenvalues[i]),
    vectors: pair.map((i) => outward(eigenvectorMatrix.getColumn(i))),
    total: realEigenvalues.reduce((sum, value) => sum + value, 0)
  };
}

function outward(direction: number[]): number[] {
  const largest = direction.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
  return largest < 0 ? direction.map((value) => -value) : direction;
}
