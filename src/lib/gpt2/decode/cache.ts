import * as tf from '@tensorflow/tfjs-core';
import type { Gpt2Config } from '../model/config.ts';
import type { LayerCache } from './types.ts';

/** Keys and values of one layer on the device, in the layout that their reader needs. */
export type CachedLayer = {
  /** [B, n_head, d_head, capacity], or [B, capacity, n_embd] */
  readonly keys: tf.Tensor;
  /** [B, n_head, capacity, d_head], or [B, capacity, n_embd] */
  readonly values: tf.Tensor;
};

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

  /** Replaces a layer, unless it is the same one; the cache then owns the new one. */
  setLayer(index: number, layer: CachedLayer): void {
    const old = this.#layers[index] as CachedLayer | undefined;
    this.#layers[index] = layer;
    if (old && old.keys !== layer.keys) tf.dispose([old.keys, old.values]); // unless they were added to in place
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
        inHeads(oneRow(keys, row), [0, 1, 3, 2], n_head),
        inHeads(oneRow(values, row), null, n_head)
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

function oneRow(tensor: tf.Tensor, row: number): tf.Tensor {
  const [, ...rest] = tensor.shape;
  return tf.slice(tensor, [row, ...rest.map(() => 0)], [1, ...rest]);
}

/** One row as [1, n_head, capacity, d_head]. `axes` bring a [1, n_head, ...] one there, null if it is there already. */
function inHeads(tensor: tf.Tensor, axes: number[] | null, n_head: number): tf.Tensor {
  if (tensor.rank === 4) return axes ? tf.transpose(tensor, axes) : tensor;
  const [, capacity, n_embd] = tensor.shape;
  return tf.transpose(tf.reshape(tensor, [1, capacity, n_head, n_embd / n_head]), [0, 2, 1, 3]);
}

function takeRows(tensor: tf.Tensor, rows: readonly number[]): tf.Tensor {
  const [B, ...rest] = tensor.shape;
  const flat = tf.reshape(tensor, [B, tensor.size / B]);
  const taken = tf.gather(flat, tf.tensor1d(rows as number[], 'int32'));
  return tf.reshape(taken, [rows.length, ...rest]);
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
