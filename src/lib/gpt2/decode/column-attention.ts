import type * as tf from '@tensorflow/tfjs-core';
import type { CachedLayer } from './cache.ts';

/** New columns of a batch, and the cache that they go to. */
export interface NewColumnsPlace {
  /** Filler in front of each row: B numbers. */
  readonly padding: readonly number[];
  /** Columns in the cache before. */
  readonly length: number;
  /** New columns of each row, filler at the end included: 1 where there are columns before. */
  readonly count: number;
  /** New columns without the filler at the end. */
  readonly real: number;
  /** Columns that the cache has room for. */
  readonly capacity: number;
}

export type AttendedColumns = CachedLayer & {
  /** [B, n_head, count, K]: probabilities over K columns, count at least and the capacity at most. */
  readonly pattern: tf.Tensor4D;
  /** [B count, n_embd] */
  readonly z: tf.Tensor2D;
};

/** How new columns look at themselves and at those before, in the layout in which a backend keeps these. */
export interface ColumnAttention {
  /**
   * Shapes: q, k, v [B count, n_embd]; past: the layer's keys and values, or null where there are none yet.
   * Memory: leaves q, k and v alone; keys and values are new ones, or the past's own with the new columns in them; call
   *         it in a `tf.tidy`.
   */
  attend(
    q: tf.Tensor2D,
    k: tf.Tensor2D,
    v: tf.Tensor2D,
    n_head: number,
    past: CachedLayer | null
  ): AttendedColumns;
  dispose(): void;
}
