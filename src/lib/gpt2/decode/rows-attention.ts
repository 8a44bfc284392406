import * as tf from '@tensorflow/tfjs-core';
import { attendCausally } from '../ops/attention.ts';
import { runFused } from '../ops/fused-kernels.ts';
import type { CachedLayer } from './cache.ts';
import type { AttendedColumns, ColumnAttention, NewColumnsPlace } from './column-attention.ts';
import { HeadsAttention } from './heads-attention.ts';

/**
 * Attention by the backend's own kernels. Keys and values are [B, capacity, n_embd] as they come from their products,
 * and a new column is written into them: nothing is copied.
 *
 * Memory: owns what it needs beside them until `dispose`.
 */
export class RowsAttention implements ColumnAttention {
  readonly #columns: NewColumnsPlace;
  /** [B]: filler in front of each row. */
  readonly #first: tf.Tensor1D;
  /** For a first pass over several rows, of which some may begin with filler. */
  readonly #batched: HeadsAttention | null;

  constructor(columns: NewColumnsPlace) {
    this.#columns = columns;
    this.#first = tf.tensor1d([...columns.padding], 'int32');
    this.#batched = columns.length === 0 && columns.padding.length > 1 ? new HeadsAttention(columns) : null;
  }

  attend(
    q: tf.Tensor2D,
    k: tf.Tensor2D,
    v: tf.Tensor2D,
    n_head: number,
    past: CachedLayer | null
  ): AttendedColumns {
    if (past) return this.#attendNext(q, k, v, n_head, past);
    const [keys, values] = [this.#withRoom(k), this.#withRoom(v)];
    if (this.#batched) {
      const { pattern, z } = this.#batched.attend(q, k, v, n_head, null);
      return { keys, values, pattern, z };
    }
    const { pattern, z } = attendCausally(q, k, v, n_head, q.shape[0])!;
    return { keys, values, pattern: tf.expandDims(pattern, 0) as tf.Tensor4D, z };
  }

  dispose(): void {
    this.#first.dispose();
    this.#batched?.dispose();
  }

  #attendNext(
    q: tf.Tensor2D,
    k: tf.Tensor2D,
    v: tf.Tensor2D,
    n_head: number,
    { keys, values }: CachedLayer
  ): AttendedColumns {
    const inputs = { q, k, v, keys, values, first: this.#first };
    const [pattern, z] = runFused('Gpt2DecodeAttention', inputs, { n_head, position: this.#columns.length })!;
    return { keys, values, pattern: pattern as tf.Tensor4D, z: z as tf.Tensor2D };
  }

  /** [B count, n_embd] → [B, capacity, n_embd]: what follows is written before it is read. */
  #withRoom(fresh: tf.Tensor2D): tf.Tensor3D {
    const { padding, count, capacity } = this.#columns;
    const rows = tf.reshape(fresh, [padding.length, count, fresh.shape[1]]) as tf.Tensor3D;
    return tf.pad3d(rows, [
      [0, 0],
      [0, capacity - count],
      [0, 0]
    ]);
  }
}
