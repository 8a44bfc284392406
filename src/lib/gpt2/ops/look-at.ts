import * as tf from '@tensorflow/tfjs-core';
import { readJoined, readsAreJoined } from './joined-reads.ts';

/** A view on the memory in which the current backend keeps a tensor's values, or null where it has none. */
export type Peek = (tensor: tf.Tensor) => Float32Array | null;

const peeks = new Map<string, Peek>();

/** Registers how a backend's memory is looked into. */
export function registerPeek(backend: string, peek: Peek): void {
  peeks.set(backend, peek);
}

/**
 * Looks at a tensor's values without a copy of them where the backend allows it, and otherwise as `data()` gives them. A
 * copy of the logits of 64 positions is 13 MB, and the garbage of many is more than what they were copied from.
 *
 * @param use is called once and must neither keep nor change the values: they are valid only during the call
 *
 * Memory: leaves the tensor alone.
 */
export async function lookAt<T>(tensor: tf.Tensor, use: (values: Float32Array) => T): Promise<T> {
  const view = peeks.get(tf.getBackend())?.(tensor);
  if (view) return use(view);
  return use(readsAreJoined() ? await readJoined(tensor) : ((await tensor.data()) as Float32Array));
}

/**
 * Looks at each of several things: all at the same time where that is one transfer, else one after another, which needs
 * less memory.
 *
 * @param look must keep nothing of the device between two looks but what is its own
 */
export async function lookAtEach<Item>(
  items: Iterable<Item>,
  look: (item: Item) => Promise<void>
): Promise<void> {
  if (readsAreJoined()) await Promise.all(Array.from(items, look));
  else for (const item of items) await look(item);
}

/** As `lookAt`, and disposes the tensor. */
export async function lookAtOnce<T>(tensor: tf.Tensor, use: (values: Float32Array) => T): Promise<T> {
  try {
    return await lookAt(tensor, use);
  } finally {
    tensor.dispose();
  }
}

/**
 * Looks at some of a tensor's rows along its first axis. Not by a slice where it can be helped: the wasm backend's slice
 * copies the whole tensor first.
 */
export async function lookAtRows<T>(
  tensor: tf.Tensor,
  first: number,
  count: number,
  use: (values: Float32Array) => T
): Promise<T> {
  const [rows, ...rest] = tensor.shape;
  const size = tensor.size / rows;
  const view = peeks.get(tf.getBackend())?.(tensor);
  if (view) return use(view.subarray(first * size, (first + count) * size));
  const begin = [first, ...rest.map(() => 0)];
  return lookAtOnce(tf.slice(tensor, begin, [count, ...rest]), use);
}
