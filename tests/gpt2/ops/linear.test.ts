import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { ShapeError } from '../../../src/lib/gpt2/errors.ts';
import { linear } from '../../../src/lib/gpt2/ops/linear.ts';
import { seededRandom } from '../../../src/lib/gpt2/numbers/random.ts';
import { NODE_BACKENDS, startBackend } from '../backends.ts';

describe.each(NODE_BACKENDS)('linear(x, {weight, bias}) on %s', (backend) => {
  beforeAll(() => startBackend(backend));

  it('is x · weight + bias, the weight stored input first', async () => {
    // [1, 2] · [[1, 10, 100], [2, 20, 200]] = [5, 50, 500]
    const weight = tf.tensor2d([
      [1, 10, 100],
      [2, 20, 200]
    ]);
    const y = linear(tf.tensor2d([[1, 2]]), { weight, bias: tf.tensor1d([1, 2, 3]) });
    expect(y.shape).toEqual([1, 3]);
    expect([...(await y.data())]).toEqual([6, 52, 503]);
  });

  it.each([48, 49, 96, 97, 768])('adds the bias once when the sum has %d terms', async (K) => {
    const weight = tf.zeros([K, 2]) as tf.Tensor2D;
    const y = linear(tf.ones([3, K]), { weight, bias: tf.tensor1d([1, -2]) });
    expect([...(await y.data())]).toEqual([1, -2, 1, -2, 1, -2]);
  });

  it('agrees with sums in float64 at T = 5, 100 inputs and 7 outputs', async () => {
    const [T, inputs, outputs] = [5, 100, 7];
    const next = seededRandom(5);
    const draw = (count: number) => Float32Array.from({ length: count }, () => 2 * next() - 1);
    const [x, weight, bias] = [draw(T * inputs), draw(inputs * outputs), draw(outputs)];
    const y = linear(tf.tensor2d(x, [T, inputs]), {
      weight: tf.tensor2d(weight, [inputs, outputs]),
      bias: tf.tensor1d(bias)
    });
    const values = await y.data();
    for (let t = 0; t < T; t++) {
      for (let o = 0; o < outputs; o++) {
        let sum = bias[o];
        for (let i = 0; i < inputs; i++) sum += x[t * inputs + i] * weight[i * outputs + o];
        expect(Math.abs(values[t * outputs + o] - sum)).toBeLessThan(1e-5);
      }
    }
  });

  it('names both shapes when x is not as wide as the weight has rows', () => {
    const call = () => linear(tf.zeros([5, 3]), { weight: tf.zeros([2, 4]), bias: tf.zeros([4]) });
    expect(call).toThrow(ShapeError);
    expect(call).toThrow('linear: x must be [any, 2], got [5, 3].');
  });
});

describe('tf.fused.matMul on wasm (why linear is plain and unbatched)', () => {
  beforeAll(() => startBackend('wasm'));

  it.each([
    [48, 1],
    [96, 2],
    [97, 3]
  ])(
    'with a transpose and %d terms still adds the bias %d times; if not, tfjs was mended',
    async (K, times) => {
      const y = tf.fused.matMul({
        a: tf.zeros([1, K]),
        b: tf.zeros([1, K]),
        transposeB: true,
        bias: tf.tensor1d([1])
      });
      expect([...(await y.data())]).toEqual([times]);
    }
  );
});
