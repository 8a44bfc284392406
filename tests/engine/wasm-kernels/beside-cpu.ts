/** What the tests of the wasm kernels share: an op beside the plain JavaScript backend. */
import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import binaries from 'virtual:wasm-kernels';
import { installWasmKernels } from '../../../src/lib/engine/wasm-kernels/index.ts';
import { numTensors, startBackend } from '../../gpt2/backends.ts';
import type { Op } from '../kernel-cases.ts';

export { seeded, type Op } from '../kernel-cases.ts';

/** Starts the wasm backend with our kernels on one thread. */
export async function startWithKernels(): Promise<void> {
  await startBackend('wasm');
  const startHelper = () => expect.fail('one thread needs no helper');
  expect(installWasmKernels(binaries, { threads: 1, startHelper })).toMatch(/^(relaxed|plain)$/);
}

/** float32 sums of up to 600 products in another order; values here are of size 1 to 20. */
const TOLERANCE = 2e-5;

/** What an op gives on a backend, and how many tensors it leaves beside its results. */
export async function run(
  backend: 'cpu' | 'wasm',
  op: Op
): Promise<{ shapes: number[][]; values: Float32Array[] }> {
  await startBackend(backend);
  const results = tf.tidy(op);
  const values = results.map((tensor) => Float32Array.from(tensor.dataSync()));
  const shapes = results.map(({ shape }) => shape);
  tf.dispose(results);
  return { shapes, values };
}

/** Runs an op with our kernels and with the plain JavaScript backend, which has none. */
export async function expectSame(op: Op): Promise<void> {
  const expected = await run('cpu', op);
  const before = numTensors();
  const actual = await run('wasm', op);
  expect(numTensors()).toBe(before);
  expect(actual.shapes).toEqual(expected.shapes);
  for (const [i, values] of expected.values.entries()) {
    const worst = values.reduce((most, value, at) => {
      const difference = Math.abs(value - actual.values[i][at]) / Math.max(1, Math.abs(value));
      return Number.isNaN(difference) ? Infinity : Math.max(most, difference);
    }, 0);
    expect(worst, `result ${i}`).toBeLessThan(TOLERANCE);
  }
}

/** Bit for bit, the sign of zero too. */
export function expectEqualBits(actual: tf.Tensor, expected: tf.Tensor | Float32Array): void {
  const wanted = expected instanceof Float32Array ? expected : (expected.dataSync() as Float32Array);
  const bytes = ({ buffer, byteOffset, byteLength }: Float32Array) =>
    Buffer.from(buffer, byteOffset, byteLength);
  expect(bytes(actual.dataSync() as Float32Array).equals(bytes(wanted))).toBe(true);
}
