/** Our webgl programs beside the plain JavaScript backend, in the page's own thread. */
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-webgl';
import * as tf from '@tensorflow/tfjs-core';
import { installWebglKernels } from '$lib/engine/webgl-kernels';
import { KERNEL_CASES, type Op } from '../../engine/kernel-cases';

export interface SolvedCase {
  readonly name: string;
  /** Largest difference of any result, relative to max(1, |value|); Infinity where shapes differ or a result is NaN. */
  readonly worst: number;
  /** Tensors that stayed beside the results. */
  readonly left: number;
}

async function solve(
  backend: 'cpu' | 'webgl',
  op: Op
): Promise<{ values: Float32Array[]; shapes: string; left: number }> {
  await tf.setBackend(backend);
  if (backend === 'webgl') installWebglKernels();
  const before = tf.memory().numTensors;
  const results = tf.tidy(op);
  const values = await Promise.all(results.map(async (tensor) => Float32Array.from(await tensor.data())));
  const shapes = JSON.stringify(results.map(({ shape }) => shape));
  tf.dispose(results);
  return { values, shapes, left: tf.memory().numTensors - before };
}

function difference(expected: Float32Array, actual: Float32Array): number {
  let worst = 0;
  for (const [i, value] of expected.entries()) {
    const off = Math.abs(value - actual[i]) / Math.max(1, Math.abs(value));
    if (Number.isNaN(off)) return Infinity;
    worst = Math.max(worst, off);
  }
  return worst;
}

/** Every case of the kernels' tests, on both backends. */
export async function compareWebglKernels(): Promise<SolvedCase[]> {
  const solved: SolvedCase[] = [];
  for (const { name, op } of KERNEL_CASES) {
    const expected = await solve('cpu', op);
    const actual = await solve('webgl', op);
    const differences = expected.values.map((values, i) => difference(values, actual.values[i]));
    const worst = expected.shapes === actual.shapes ? Math.max(...differences) : Infinity;
    solved.push({ name, worst, left: actual.left });
  }
  return solved;
}
