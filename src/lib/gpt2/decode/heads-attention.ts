import * as tf from '@tensorflow/tfjs-core';
import { MASKED } from '../ops/attention.ts';
import type { CachedLayer } from './cache.ts';
import type { AttendedColumns, ColumnAttention, NewColumnsPlace } from './column-attention.ts';

/**
 * Attention of stock operations, on any backend. Keys are [B, n_head, d_head, capacity], values
 * [B, n_head, capacity, d_head]; columns not yet reached are 0.
 *
 * Memory: owns its mask until `dispose`.
 */
export class HeadsAttention implements ColumnAttention {
  readonly #columns: NewColumnsPlace;
  /** [B, 1, count, capacity]: 0 where a new column may look, a huge negative number elsewhere. */
  readonly #mask: tf.Tensor4D;
  /** [1, 1, 1, capacity]: of one new column, 1 where it goes; of a first pass, 1 for columns that are not filler. */
  readonly #place: tf.Tensor4D;

  constructor(columns: NewColumnsPlace) {
    this.#columns = columns;
    this.#mask = maskOf(columns);
    const { capacity, length, real } = columns;
    const place = new Float32Array(capacity).fill(1, length, length + real);
    this.#place = tf.tensor4d(place, [1, 1, 1, capacity]);
  }

  attend(
    q: tf.Tensor2D,
    k: tf.Tensor2D,
    v: tf.Tensor2D,
    n_head: number,
    past: CachedLayer | null
  ): AttendedColumns {
    const { padding, count } = this.#columns;
    const B = padding.length;
    const n_embd = q.shape[1];
    const d_head = n_embd / n_head;
    const heads = (x: tf.Tensor2D, axes: number[]): tf.Tensor4D =>
      tf.transpose(tf.reshape(x, [B, count, n_head, d_head]), axes) as tf.Tensor4D;
    const queries = heads(q, [0, 2, 1, 3]); // [B, n_head, count, d_head]
    const keys = this.#withNew(heads(k, [0, 2, 3, 1]), 3, past?.keys);
    const values = this.#withNew(heads(v, [0, 2, 1, 3]), 2, past?.values);
    const scores = tf.div(tf.matMul(queries, keys), Math.sqrt(d_head)); // [B, n_head, count, capacity]
    const pattern = tf.softmax(tf.add(scores, this.#mask)) as tf.Tensor4D;
    const mixed = tf.matMul(pattern, values); // [B, n_head, count, d_head]
    const z = tf.reshape(tf.transpose(mixed, [0, 2, 1, 3]), [B * count, n_embd]) as tf.Tensor2D;
    return { keys, values, pattern, z };
  }

  dispose(): void {
    tf.dispose([this.#mask, this.#place]);
  }

  /** The past with the new columns in their place. The axis of columns is 3 for keys, 2 for values. */
  #withNew(fresh: tf.Tensor4D, axis: 2 | 3, past?: tf.Tensor): tf.Tensor4D {
    const { count, capacity } = this.#columns;
    const at = axis === 3 ? this.#place : tf.reshape(this.#place, [1, 1, capacity, 1]);
    if (past) return tf.add(past, tf.mul(fresh, at)) as tf.Tensor4D; // one column, spread over all and 0 but in one
    const paddings = [0, 1, 2, 3].map((i): [number, number] => [0, i === axis ? capacity - count : 0]);
    return tf.mul(tf.pad(fresh, paddings), at) as tf.Tensor4D;
  }
}

/** A new column sees the columns up to itself that are not filler in front of its row. */
function maskOf({ padding, length, count, capacity }: NewColumnsPlace): tf.Tensor4D {
  const values = new Float32Array(padding.length * count * capacity).fill(MASKED);
  for (const [row, filler] of padding.entries()) {
    for (let column = 0; column < count; column++) {
      const start = (row * count + column) * capacity;
      const own = length + column;
      if (own >= filler) values.fill(0, start + filler, start + own + 1);
    }
  }
  return tf.tensor4d(values, [padding.length, 1, count, capacity]);
}
