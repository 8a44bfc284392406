import * as tf from '@tensorflow/tfjs-core';
import type { Gpt2Config } from '../config.ts';
import type { LayerCache } from './types.ts';

/** Keys and values of one layer on the device. Columns not yet reached are 0. */
export interface CachedLayer {
  /** [B, n_head, d_head, capacity] */
  readonly keys: tf.Tensor4D;
  /** [B, n_head, capacity, d_head] */
  readonly values: tf.Tensor4D;
}

/**
 * The keys and values of all tokens so far, so that a new token costs one position instead of all.
 *
 * Tensors have their final size from the start: a GPU backend keeps textures and programs for every shape it has
 * seen, and a cache that grew with each token would make new ones at each token.
 *
 * Memory: owns its layers until `dispose`.
 */
export class KeyValueCache {
  readonly capacity: number;
  #layers: CachedLayer[] = [];

  constructor(capacity: number) {
    this.capacity = capacity;
  }

  layer(index: number): CachedLayer {
    return this.#layers[index];
  }

  /** Replaces a layer; the cache then owns the new one. */
  setLayer(index: number, layer: CachedLayer): void {
    const old = this.#layers[index] as CachedLayer | undefined;
    this.#layers[index] = layer;
    if (old) tf.dispose([old.keys, old.values]);
  }

  /** Row b becomes what row `rows[b]` was; rows may be left out or taken more than once. */
  selectRows(rows: readonly number[]): void {
    for (const [index, { keys, values }] of this.#layers.entries()) {
      const taken = tf.tidy(() => ({ keys: takeRows(keys, rows), values: takeRows(values, rows) }));
      this.setLayer(index, taken);
    }
  }

  /**
   * One row's keys and values, as Hugging Face's past_key_values.
   *
   * Shapes: n_layer times key and value [n_head, T, d_head]: `count` columns from `first` on.
   */
  async read(row: number, first: number, count: number, config: Gpt2Config): Promise<LayerCache[]> {
    const { n_head, n_embd } = config;
    const d_head = n_embd / n_head;
    // all at once, so that what follows may replace the layers while they are being read; of few shapes, so whole
    const cut = this.#layers.flatMap(({ keys, values }) =>
      tf.tidy(() => [
        tf.transpose(tf.slice(keys, [row, 0, 0, 0], [1, -1, -1, -1]), [0, 1, 3, 2]),
        tf.slice(values, [row, 0, 0, 0], [1, -1, -1, -1])
      ])
    );
    try {
      const arrays = await Promise.all(cut.map((tensor) => tensor.data()));
      const crop = (index: number) =>
        cropColumns(arrays[index] as Float32Array, n_head, d_head, first, count);
      const shape = [n_head, count, d_head] as const;
      return this.#layers.map((_, layer) => ({ shape, key: crop(2 * layer), value: crop(2 * layer + 1) }));
    } finally {
      tf.dispose(cut);
    }
  }

  dispose(): void {
    for (const { keys, values } of this.#layers) tf.dispose([keys, values]);
    this.#layers = [];
  }
}

function takeRows(tensor: tf.Tensor4D, rows: readonly number[]): tf.Tensor4D {
  const [B, ...rest] = tensor.shape;
  const flat = tf.reshape(tensor, [B, tensor.size / B]);
  const taken = tf.gather(flat, tf.tensor1d(rows as number[], 'int32'));
  return tf.reshape(taken, [rows.length, ...rest]) as tf.Tensor4D;
}

/** [n_head, capacity, d_head] → [n_head, count, d_head], a copy. */
function cropColumns(
  values: Float32Array,
  n_head: number,
  d_head: number,
  first: number,
  count: number
): Float32Array {
  const size = values.length / n_head;
  const out = new Float32Array(n_head * count * d_head);
  for (let head = 0; head < n_head; head++) {
    const start = head * size + first * d_head;
    out.set(values.subarray(start, start + count * d_head), head * count * d_head);
  }
  return out;
}
