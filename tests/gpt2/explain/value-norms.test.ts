import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InputError } from '../../../src/lib/gpt2/errors.ts';
import type { Gpt2Model } from '../../../src/lib/gpt2/model/model.ts';
import { runTrace } from '../../../src/lib/gpt2/trace/forward.ts';
import { NODE_BACKENDS, startBackend } from '../backends.ts';
import { tinyIds, tinyModel } from '../tiny-model.ts';

const T = 5;

describe.each(NODE_BACKENDS)('trace.valueNorms(layer, head) on %s', (backend) => {
  let model: Gpt2Model;

  beforeAll(async () => {
    await startBackend(backend);
    model = tinyModel();
  });
  afterAll(() => model.dispose());

  it('gives the length of v, and of what query 0, which reads itself alone, writes', async () => {
    const { n_head, n_embd } = model.config;
    const d_head = n_embd / n_head;
    const trace = await runTrace(model, tinyIds(T));
    const held = tf.memory().numTensors;
    for (const layer of [0, 1]) {
      const v = (await trace.read('v', layer)).data;
      const result = (await trace.read('result', layer)).data; // [T, n_head, n_embd]
      for (let head = 0; head < n_head; head++) {
        const norms = await trace.valueNorms(layer, head);
        const length = (values: Float32Array) => Math.hypot(...values);
        const at = (position: number) => (position * n_head + head) * d_head;
        const expected = Array.from({ length: T }, (_, p) => length(v.subarray(at(p), at(p) + d_head)));
        expected.forEach((norm, position) => expect(norms.v[position]).toBeCloseTo(norm, 4));
        expect(norms.out[0]).toBeCloseTo(length(result.subarray(head * n_embd, (head + 1) * n_embd)), 4);
        expect([norms.v.length, norms.out.length]).toEqual([T, T]);
      }
    }
    expect(tf.memory().numTensors - held).toBeLessThanOrEqual(0);
    trace.dispose();
  });

  it('names a head that is not there', async () => {
    const trace = await runTrace(model, tinyIds(T));
    await expect(trace.valueNorms(0, 99)).rejects.toThrow(InputError);
    trace.dispose();
  });
});
