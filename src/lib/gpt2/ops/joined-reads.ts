/**
 * Reads that are asked for at the same time as one transfer, where the backend can join tensors: each transfer waits for
 * the GPU.
 */
import * as tf from '@tensorflow/tfjs-core';
import { nextTask } from '../next-task.ts';
import { hasFused, runFused } from './fused-kernels.ts';

interface PendingRead {
  /** A handle of our own. */
  readonly tensor: tf.Tensor;
  resolve(values: Float32Array): void;
  reject(reason: unknown): void;
}

/** Tensors that one kernel joins: a GPU program reads 16 at most, by the standard. */
const MOST_AT_ONCE = 15;
/** Numbers of one transfer, 32 MB: a larger tensor is read alone, where it lies. */
const MOST_NUMBERS = 2 ** 23;

let pending: PendingRead[] = [];

/** True if the current backend joins reads. */
export const readsAreJoined = (): boolean => hasFused('Gpt2Join');

/** How many reads of so many numbers each are one transfer; 0 where that is none, or the backend joins no reads. */
export const readsAtOnce = (numbers: number): number =>
  readsAreJoined() ? Math.floor(MOST_NUMBERS / numbers) : 0;

/**
 * A tensor's values, in one transfer with all that is asked for in the same task.
 *
 * Memory: leaves the tensor alone, which may be disposed at once; the values are part of a larger array.
 */
export function readJoined(tensor: tf.Tensor): Promise<Float32Array> {
  return new Promise((resolve, reject) => {
    pending.push({ tensor: tensor.clone(), resolve, reject });
    if (pending.length === 1) void nextTask().then(nextTask).then(readPending); // long reads wait a task for their turn
  });
}

function readPending(): void {
  const waiting = pending;
  pending = [];
  for (const group of groupsOf(waiting)) void readGroup(group);
}

/** In their order, as many together as fit in one transfer. */
function groupsOf(waiting: readonly PendingRead[]): PendingRead[][] {
  const groups: PendingRead[][] = [];
  let left = 0;
  for (const one of waiting) {
    const { size } = one.tensor;
    if (size > left || groups.length === 0) {
      groups.push([]);
      left = MOST_NUMBERS;
    }
    groups[groups.length - 1].push(one);
    left -= size;
  }
  return groups;
}

async function readGroup(group: readonly PendingRead[]): Promise<void> {
  const tensors = group.map(({ tensor }) => tensor);
  try {
    const joined = tf.tidy(() => joinAll(tensors));
    const values = (await joined.data()) as Float32Array;
    if (joined !== tensors[0]) joined.dispose();
    let first = 0;
    for (const { tensor, resolve } of group) {
      resolve(values.subarray(first, first + tensor.size));
      first += tensor.size;
    }
  } catch (error) {
    for (const { reject } of group) reject(error);
  } finally {
    tf.dispose(tensors);
  }
}

/** All numbers one after another: [their count]; a single tensor is given back as it is. */
function joinAll(tensors: readonly tf.Tensor[]): tf.Tensor {
  if (tensors.length === 1) return tensors[0];
  const parts: tf.Tensor1D[] = [];
  for (let first = 0; first < tensors.length; first += MOST_AT_ONCE) {
    const some = tensors.slice(first, first + MOST_AT_ONCE).map(inTwoOrThreeAxes);
    const inputs = Object.fromEntries(some.map((tensor, index) => [`t${index}`, tensor]));
    parts.push(runFused('Gpt2Join', inputs, {})![0] as tf.Tensor1D); // `readsAreJoined`
  }
  return parts.length === 1 ? parts[0] : tf.concat(parts);
}

function inTwoOrThreeAxes(tensor: tf.Tensor): tf.Tensor {
  if (tensor.rank === 2 || tensor.rank === 3) return tensor;
  return tf.reshape(tensor, [-1, tensor.shape.at(-1) ?? 1]);
}
