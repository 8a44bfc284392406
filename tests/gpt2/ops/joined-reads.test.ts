/** Reads as one transfer, on the plain backend with a kernel that joins as webgl's does. */
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { lookAt, lookAtEach, lookAtOnce, lookAtRows } from '../../../src/lib/gpt2/ops/look-at.ts';
import { numTensors, startBackend } from '../backends.ts';

const JOIN = 'Gpt2Join';
const ramp = (size: number, first = 0) => Float32Array.from({ length: size }, (_, i) => first + i);
const copy = (values: Float32Array) => values.slice();

function registerJoin(): void {
  tf.registerKernel({
    kernelName: JOIN,
    backendName: 'cpu',
    kernelFunc: ({ inputs, backend }) => {
      const tensors = Object.values(inputs as Record<string, tf.TensorInfo>);
      expect(tensors.length).toBeLessThanOrEqual(15);
      const parts = tensors.map(
        ({ dataId }) => [...(backend as tf.KernelBackend).readSync(dataId)] as number[]
      );
      const values = Float32Array.from(parts.flat());
      const dataId = (backend as tf.KernelBackend).write(values, [values.length], 'float32') as tf.DataId;
      return { dataId, shape: [values.length], dtype: 'float32' };
    }
  });
}

describe('reads where the backend joins tensors', () => {
  const transfers = () => vi.spyOn(tf.backend(), 'read');

  beforeAll(async () => {
    await startBackend('cpu');
    registerJoin();
  });
  afterEach(() => vi.restoreAllMocks());
  afterAll(() => tf.unregisterKernel(JOIN, 'cpu'));

  it('asked for together are one transfer, each with its own numbers, and leave no tensor', async () => {
    const [a, b] = [tf.tensor1d(ramp(5)), tf.tensor(ramp(24, 100), [2, 3, 4])];
    const before = numTensors();
    const read = transfers();
    const sum = tf.tidy(() => tf.add(a, 1));
    const found = await Promise.all([lookAt(a, copy), lookAtOnce(sum, copy), lookAtRows(b, 1, 1, copy)]);
    expect(found).toEqual([ramp(5), ramp(5, 1), ramp(12, 112)]);
    expect(read).toHaveBeenCalledTimes(1);
    expect(numTensors()).toBe(before);
    tf.dispose([a, b]);
  });

  it('of more tensors than one kernel joins are one transfer, too', async () => {
    const tensors = Array.from({ length: 40 }, (_, i) => tf.tensor2d(ramp(6, i), [2, 3]));
    const read = transfers();
    const found = new Map<number, Float32Array>();
    await lookAtEach(tensors.keys(), async (i) => void found.set(i, await lookAt(tensors[i], copy)));
    tensors.forEach((_, i) => expect(found.get(i)).toEqual(ramp(6, i)));
    expect(read).toHaveBeenCalledTimes(1);
    tf.dispose(tensors);
  });

  it('give the numbers of a tensor that is disposed before the transfer', async () => {
    const tensor = tf.tensor1d([1, 2, 3]);
    const seen = lookAt(tensor, copy);
    tensor.dispose();
    expect(await seen).toEqual(Float32Array.of(1, 2, 3));
  });

  it('asked for later are another transfer; a failed one rejects for each who waits', async () => {
    const tensor = tf.tensor1d([1, 2]);
    const read = transfers();
    await lookAt(tensor, copy);
    await lookAt(tensor, copy);
    expect(read).toHaveBeenCalledTimes(2);
    read.mockRejectedValueOnce(new Error('lost'));
    const both = await Promise.allSettled([lookAt(tensor, copy), lookAt(tensor, copy)]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    tensor.dispose();
  });

  it('are one after another without such a kernel', async () => {
    tf.unregisterKernel(JOIN, 'cpu');
    let [open, most] = [0, 0];
    await lookAtEach([1, 2, 3], async () => {
      most = Math.max(most, ++open);
      await Promise.resolve();
      open--;
    });
    expect(most).toBe(1);
    registerJoin();
  });
});
