import type * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { WeightsError } from '../../../src/lib/gpt2/errors.ts';
import { weightOf, type LinearWeights } from '../../../src/lib/gpt2/ops/linear.ts';
import { elementCount, weightSpec } from '../../../src/lib/gpt2/checkpoint/weight-spec.ts';
import { disposeWeights, uploadWeights } from '../../../src/lib/gpt2/model/weights.ts';
import { tensorOfTable } from '../../../src/lib/gpt2/ops/table.ts';
import { NODE_BACKENDS, numTensors, startBackend } from '../backends.ts';
import { TINY_CONFIG, tinyWeights } from '../tiny-model.ts';

const config = { ...TINY_CONFIG, n_layer: 1, n_head: 1, n_embd: 2, n_inner: 8, vocab_size: 3, n_ctx: 2 };
const counting = () =>
  new Map(
    [...weightSpec(config)].map(([name, shape]) => [
      name,
      { shape, values: Float32Array.from({ length: elementCount(shape) }, (_, i) => i) }
    ])
  );
const values = async (tensor: tf.Tensor) => [...(await tensor.data())];
/** A linear layer's weight in rows. */
const inRows = async (weights: LinearWeights) => {
  const weight = weightOf(weights);
  const found = { shape: weight.shape, values: await values(weight) };
  weight.dispose();
  return found;
};

describe.each(NODE_BACKENDS)('uploadWeights(config, raw) on %s', (backend) => {
  beforeAll(() => startBackend(backend));

  it('cuts c_attn into q, k and v by columns', async () => {
    const weights = uploadWeights(config, counting());
    // attn.c_attn.weight is [2, 6]: rows 0..5 and 6..11; its bias is 0..5
    const { q, k, v } = weights.h[0].c_attn;
    expect((await inRows(q)).values).toEqual([0, 1, 6, 7]);
    expect((await inRows(k)).values).toEqual([2, 3, 8, 9]);
    expect((await inRows(v)).values).toEqual([4, 5, 10, 11]);
    expect(await Promise.all([q, k, v].map(({ bias }) => values(bias)))).toEqual([
      [0, 1],
      [2, 3],
      [4, 5]
    ]);
    disposeWeights(weights);
  });

  it('keeps every other tensor as it is, and the epsilon of config.json', async () => {
    const weights = uploadWeights({ ...config, layer_norm_epsilon: 0.125 }, counting());
    expect(weights.wte.shape).toEqual([3, 2]);
    expect(await values(tensorOfTable(weights.wte))).toEqual([0, 1, 2, 3, 4, 5]);
    expect((await inRows(weights.h[0].mlp.c_fc)).shape).toEqual([2, 8]);
    expect((await inRows(weights.h[0].mlp.c_proj)).shape).toEqual([8, 2]);
    expect(weights.h[0].mlp.c_proj.bias.shape).toEqual([2]);
    expect([weights.ln_f, weights.h[0].ln_1, weights.h[0].ln_2].map(({ epsilon }) => epsilon)).toEqual([
      0.125, 0.125, 0.125
    ]);
    disposeWeights(weights);
  });

  it('empties the raw weights as it goes', () => {
    const raw = counting();
    disposeWeights(uploadWeights(config, raw));
    expect(raw.size).toBe(0);
  });

  it('names a missing tensor, and leaves nothing on the device', () => {
    const before = numTensors();
    const raw = tinyWeights();
    raw.delete('h.1.mlp.c_fc.bias');
    const upload = () => uploadWeights(TINY_CONFIG, raw);
    expect(upload).toThrow(WeightsError);
    expect(numTensors()).toBe(before);
  });
});

describe('disposeWeights(weights)', () => {
  beforeAll(() => startBackend('cpu'));

  it('frees every tensor that uploadWeights made', () => {
    const before = numTensors();
    const weights = uploadWeights(TINY_CONFIG, tinyWeights());
    // wte, wpe, ln_f and per block ln_1, ln_2, q, k, v, c_proj, c_fc, c_proj: two tensors each
    expect(numTensors() - before).toBe(2 + 2 + 2 * 8 * 2);
    disposeWeights(weights);
    expect(numTensors()).toBe(before);
  });
});
