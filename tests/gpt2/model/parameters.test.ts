import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import { InputError } from '../../../src/lib/gpt2/errors.ts';
import type { Gpt2Model } from '../../../src/lib/gpt2/model/model.ts';
import { runTrace } from '../../../src/lib/gpt2/trace/forward.ts';
import { listParameters, readParameter } from '../../../src/lib/gpt2/model/parameters.ts';
import { parseSafetensors, toFloat32 } from '../../../src/lib/gpt2/checkpoint/safetensors.ts';
import { canonicalName, parameterCount } from '../../../src/lib/gpt2/checkpoint/weight-spec.ts';
import { numTensors, startBackend } from '../backends.ts';
import { loadNano } from '../decode/fixture.ts';
import { TINY_CONFIG, tinyIds, tinyModel, tinyWeights } from '../tiny-model.ts';

let model: Gpt2Model;
beforeAll(async () => {
  await startBackend('cpu');
  model = await loadNano();
});
afterAll(() => model.dispose());

describe('listParameters(config)', () => {
  it("has the names of Hugging Face's named_parameters(remove_duplicate=False), the tied head last", () => {
    const list = listParameters(model.config);
    expect(list).toHaveLength(2 + 12 * 12 + 2 + 1);
    expect(list.slice(-4).map(({ name }) => name)).toEqual([
      'transformer.h.11.mlp.c_proj.bias',
      'transformer.ln_f.weight',
      'transformer.ln_f.bias',
      'lm_head.weight'
    ]);
    expect(list.at(-1)).toMatchObject({ tiedTo: 'transformer.wte.weight', shape: [50257, 192] });
  });

  it('counts 15,086,400 without the tied one, as PyTorch does', () => {
    const own = listParameters(model.config).filter(({ tiedTo }) => tiedTo === null);
    expect(own.reduce((sum, { count }) => sum + count, 0)).toBe(15_086_400);
    expect(parameterCount(model.config)).toBe(15_086_400);
  });

  it('says which weights are Conv1D', () => {
    const { name } = listParameters(TINY_CONFIG).find(({ conv1d }) => conv1d)!;
    expect(name).toBe('transformer.h.0.attn.c_attn.weight');
  });
});

describe('readParameter(weights, name)', () => {
  it('gives every parameter as the file has it, the thirds of c_attn joined', async () => {
    const file = parseSafetensors(readFileSync('static/models/gpt2-nano/model.safetensors'));
    const views = new Map([...file].map(([name, view]) => [canonicalName(name), view]));
    for (const { name, count, tiedTo } of listParameters(model.config)) {
      const values = await readParameter(model.weights, name);
      expect(values.length, name).toBe(count);
      const expected = toFloat32(views.get(canonicalName(tiedTo ?? name))!);
      expect(Buffer.compare(Buffer.from(values.buffer), Buffer.from(expected.buffer)), name).toBe(0);
    }
  });

  it('gives a reader an own copy and leaves no tensor behind', async () => {
    const before = numTensors();
    const name = 'transformer.h.0.attn.c_attn.bias';
    (await readParameter(model.weights, name)).fill(7);
    expect((await readParameter(model.weights, name)).some((value) => value !== 7)).toBe(true);
    expect(numTensors()).toBe(before);
  });

  it.each([
    '',
    'wte',
    'transformer.h.99.ln_1.weight',
    'transformer.h.0.mlp.act.weight',
    'transformer.ln_f.x'
  ])('refuses %j', async (name) => {
    await expect(readParameter(model.weights, name)).rejects.toThrow(InputError);
  });
});

describe('weight tying', () => {
  it('one row of wte decides how a token is read and how it is predicted', async () => {
    const tiny = tinyModel();
    const raw = tinyWeights();
    raw.get('wte.weight')!.values.fill(0, 5 * 8, 6 * 8); // token 5 is the zero vector
    const wte = tf.tensor2d(raw.get('wte.weight')!.values, [30, 8]);
    const changed = { ...tiny, weights: { ...tiny.weights, wte, lm_head: wte } };
    const trace = await runTrace(changed, [5, ...tinyIds(3)]);
    expect((await trace.read('embed')).data.slice(0, 8)).toEqual(new Float32Array(8)); // read as nothing
    expect((await trace.logits('last'))[5]).toBe(0); // and predicted with logit 0
    trace.dispose();
    changed.weights.wte.dispose();
    tiny.dispose();
  });
});
