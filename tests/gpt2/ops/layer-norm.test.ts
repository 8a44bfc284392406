import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { ShapeError } from '../../../src/lib/gpt2/errors.ts';
import { layerNorm } from '../../../src/lib/gpt2/ops/layer-norm.ts';
import { NODE_BACKENDS, startBackend } from '../backends.ts';

const weights = (weight: number[], bias: number[], epsilon = 0) => ({
  weight: tf.tensor1d(weight),
  bias: tf.tensor1d(bias),
  epsilon
});

describe.each(NODE_BACKENDS)('layerNorm(x, {weight, bias, epsilon}) on %s', (backend) => {
  beforeAll(() => startBackend(backend));

  it('brings [1, 3] to [-1, 1]: mean 2, variance ((-1)² + 1²) / 2 = 1, the biased one', async () => {
    const { scale, normalized } = layerNorm(tf.tensor2d([[1, 3]]), weights([1, 1], [0, 0]));
    expect(scale.shape).toEqual([1, 1]);
    expect([...(await scale.data())]).toEqual([1]); // 1.414 with the unbiased variance of 2
    expect([...(await normalized.data())]).toEqual([-1, 1]);
  });

  it('multiplies by the weight first and adds the bias then', async () => {
    const { normalized } = layerNorm(tf.tensor2d([[1, 3]]), weights([2, 3], [10, 20]));
    expect([...(await normalized.data())]).toEqual([8, 23]);
  });

  it('treats each position alone', async () => {
    const x = tf.tensor2d([
      [1, 3],
      [50, 30]
    ]);
    const { scale, normalized } = layerNorm(x, weights([1, 1], [0, 0]));
    expect([...(await scale.data())]).toEqual([1, 10]);
    expect([...(await normalized.data())]).toEqual([-1, 1, 1, -1]);
  });

  it('adds epsilon to the variance, inside the root', async () => {
    const { scale } = layerNorm(tf.tensor2d([[1, 3]]), weights([1, 1], [0, 0], 0.25));
    expect((await scale.data())[0]).toBeCloseTo(Math.sqrt(1.25), 6);
  });

  it('gives a constant vector the bias alone, with scale sqrt(epsilon)', async () => {
    const { scale, normalized } = layerNorm(tf.tensor2d([[7, 7]]), weights([2, 2], [4, 5], 1e-4));
    expect((await scale.data())[0]).toBeCloseTo(0.01, 7);
    expect([...(await normalized.data())]).toEqual([4, 5]);
  });

  it('names both shapes when x is not as wide as the weight', () => {
    const call = () => layerNorm(tf.zeros([5, 3]), weights([1, 1], [0, 0]));
    expect(call).toThrow(ShapeError);
    expect(call).toThrow('layerNorm: x must be [any, 2], got [5, 3].');
  });
});
