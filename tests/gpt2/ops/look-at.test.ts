import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { lookAt, lookAtOnce, lookAtRows } from '../../../src/lib/gpt2/ops/look-at.ts';
import { NODE_BACKENDS, numTensors, startBackend } from '../backends.ts';

const VALUES = Float32Array.from({ length: 24 }, (_, i) => i / 7);
const seeded = () => tf.tensor3d(VALUES, [4, 2, 3]);
const copy = (values: Float32Array) => values.slice();

describe.each(NODE_BACKENDS)('on %s', (backend) => {
  beforeAll(() => startBackend(backend));

  it('lookAt(tensor, use) shows the values, also of a result, and leaves the tensor', async () => {
    const tensor = seeded();
    const twice = tf.add(tensor, tensor);
    const before = numTensors();
    expect(await lookAt(tensor, copy)).toEqual(VALUES);
    expect(await lookAt(twice, copy)).toEqual(VALUES.map((value) => 2 * value));
    expect(numTensors()).toBe(before);
    tf.dispose([tensor, twice]);
  });

  it('lookAtOnce(tensor, use) disposes the tensor, also where use throws', async () => {
    const before = numTensors();
    expect(await lookAtOnce(seeded(), copy)).toEqual(VALUES);
    const failed = lookAtOnce(seeded(), () => {
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    expect(numTensors()).toBe(before);
  });

  it('lookAtRows(tensor, first, count, use) shows those rows and leaves nothing', async () => {
    const tensor = seeded();
    const before = numTensors();
    expect(await lookAtRows(tensor, 1, 2, copy)).toEqual(VALUES.slice(6, 18));
    expect(await lookAtRows(tensor, 3, 1, copy)).toEqual(VALUES.slice(18));
    expect(numTensors()).toBe(before);
    tensor.dispose();
  });
});

describe('on wasm with our kernels', () => {
  it('nothing is copied: the view is into the backend’s memory, also after it has grown', async () => {
    await startBackend('wasm');
    const tensor = seeded();
    const size = await lookAt(tensor, ({ buffer }) => buffer.byteLength);
    expect(size).toBeGreaterThan(2 ** 20);
    const large = tf.zeros([2 ** 24 + size / 4]); // 64 MB more than there was
    expect(await lookAt(tensor, ({ buffer }) => buffer.byteLength)).toBeGreaterThan(size);
    expect(await lookAt(tensor, copy)).toEqual(VALUES);
    tf.dispose([tensor, large]);
  });
});
