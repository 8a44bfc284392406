import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { ShapeError } from '../../../src/lib/gpt2/errors.ts';
import { logitLens, unembed } from '../../../src/lib/gpt2/ops/logit-lens.ts';
import { NODE_BACKENDS, startBackend } from '../backends.ts';

/** [vocab_size, n_embd] = [3, 2] */
const wteOf = () =>
  tf.tensor2d([
    [1, 0],
    [0, 1],
    [2, 5]
  ]);

describe.each(NODE_BACKENDS)('unembed(normalized, wte) on %s', (backend) => {
  beforeAll(() => startBackend(backend));

  it('gives one row of vocab_size logits for each position', async () => {
    const normalized = tf.tensor2d([
      [1, 2],
      [-3, 4]
    ]);
    const logits = unembed(normalized, wteOf());
    expect(logits.shape).toEqual([2, 3]);
    expect([...(await logits.data())]).toEqual([1, 2, 12, -3, 4, 14]); // 2 · 1 + 5 · 2, 2 · -3 + 5 · 4
  });

  it('names both shapes when normalized is not n_embd wide', () => {
    const call = () => unembed(tf.zeros([4, 3]), wteOf());
    expect(call).toThrow(ShapeError);
    expect(call).toThrow('unembed: normalized must be [any, 2], got [4, 3].');
  });
});

describe.each(NODE_BACKENDS)('logitLens(resid, ln_f, wte) on %s', (backend) => {
  beforeAll(() => startBackend(backend));
  const ln_f = (weight = [1, 1], bias = [0, 0]) => ({
    weight: tf.tensor1d(weight),
    bias: tf.tensor1d(bias),
    epsilon: 0
  });

  it('normalises each position, then scores every vocabulary entry: ln_f([1, 3]) = [-1, 1]', async () => {
    const logits = logitLens(tf.tensor2d([[1, 3]]), ln_f(), wteOf());
    expect([...(await logits.data())]).toEqual([-1, 1, 3]);
  });

  it("applies ln_f's weight and bias, and once: [-1, 1] · [2, 4] + [1, 1] = [-1, 5]", async () => {
    const logits = logitLens(tf.tensor2d([[1, 3]]), ln_f([2, 4], [1, 1]), wteOf());
    expect([...(await logits.data())]).toEqual([-1, 5, 23]); // twice would give [-1, 1] again, then [-1, 5]·…
  });

  it('names both shapes when resid is a per-head vector', () => {
    const call = () => logitLens(tf.zeros([5, 64]), ln_f(), wteOf());
    expect(call).toThrow(ShapeError);
    expect(call).toThrow('logitLens: resid must be [any, 2], got [5, 64]. Pass resid_pre');
  });
});
