import { describe, expect, it, beforeAll, afterAll } from 'vitest';
import { generate, generateAll, generateBatch } from '../../../src/lib/gpt2/decode/generate.ts';
import { padLeft } from '../../../src/lib/gpt2/decode/pad-left.ts';
import { runBatch } from '../../../src/lib/gpt2/decode/run-batch.ts';
import type { BeamStep, GenerateOptions, TokenStep } from '../../../src/lib/gpt2/decode/types.ts';
import { runTrace } from '../../../src/lib/gpt2/trace/forward.ts';
import type { Gpt2Model } from '../../../src/lib/gpt2/model/model.ts';
import { excess, tolerance, type Tolerance } from '../../tolerance.ts';
import { NODE_BACKENDS, startBackend } from '../backends.ts';
import { TINY_CONFIG, tinyIds, tinyModel } from '../tiny-model.ts';
import { fixture, loadNano } from './fixture.ts';

/** Fails where any value is beyond the tolerance. */
function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, allowed: Tolerance): void {
  expect(actual.length).toBe(expected.length);
  let worst = -Infinity;
  for (let i = 0; i < expected.length; i++) {
    const beyond = excess(actual[i], expected[i], allowed);
    worst = beyond > worst || Number.isNaN(beyond) ? beyond : worst;
  }
  expect(worst).toBeLessThanOrEqual(0);
}

const INSIDE = { output_hidden_states: true, output_attentions: true };

describe.each(NODE_BACKENDS)('the key/value cache on %s', (backend) => {
  let model: Gpt2Model;
  beforeAll(async () => {
    await startBackend(backend);
    model = await loadNano();
  });
  afterAll(() => model.dispose());
  const close = tolerance(backend, 'logits');

  it('gives the logits, hidden states and attention that a run from the first token gives, at each step', async () => {
    const count = backend === 'cpu' ? 3 : 8; // the cpu backend takes seconds a step
    const options = { ...INSIDE, max_new_tokens: count };
    const prompt = fixture.greedy[0].prompt;
    const cached = (await generateAll(generate(model, prompt, options))).steps as TokenStep[];
    const plain = (await generateAll(generate(model, prompt, { ...options, use_cache: false })))
      .steps as TokenStep[];
    expect(cached).toHaveLength(count);
    for (const [i, step] of cached.entries()) {
      expect(step.id).toBe(plain[i].id);
      expectClose(step.logits, plain[i].logits, close);
      expect(step.hidden_states).toHaveLength(13);
      step.hidden_states!.forEach((state, depth) =>
        expectClose(state, plain[i].hidden_states![depth], tolerance(backend, 'hook_resid_post'))
      );
      expect(step.attentions![0]).toHaveLength(12 * (prompt.length + i));
      step.attentions!.forEach((rows, layer) =>
        expectClose(rows, plain[i].attentions![layer], tolerance(backend, 'attn.hook_pattern'))
      );
    }
  });

  it('holds past_key_values, hidden states and attentions as Hugging Face does', async () => {
    const { prompt, step, layers, past_shape, key, value, hidden_states, hidden_depths, attentions } =
      fixture.inside;
    const steps = generate(model, prompt, { ...INSIDE, max_new_tokens: 2 });
    await steps.next();
    const current = (await steps.next()).value as TokenStep;
    expect(current.step).toBe(step);
    const past = await current.pastKeyValues();
    expect(past).toHaveLength(12);
    for (const [i, layer] of layers.entries()) {
      expect([1, ...past[layer].shape]).toEqual(past_shape);
      expectClose(past[layer].key, key[i], tolerance(backend, 'attn.hook_k'));
      expectClose(past[layer].value, value[i], tolerance(backend, 'attn.hook_v'));
      expectClose(current.attentions![layer], attentions[i], tolerance(backend, 'attn.hook_pattern'));
    }
    hidden_depths.forEach((depth, i) =>
      expectClose(current.hidden_states![depth], hidden_states[i], tolerance(backend, 'hook_resid_post'))
    );
    await steps.return({ sequences: [] });
    await expect(current.pastKeyValues()).rejects.toThrow('pastKeyValues: step must be');
  });

  it('runs left-padded prompts as Hugging Face does', async () => {
    const { prompts, input_ids, attention_mask, position_ids, last, generated, max_new_tokens } =
      fixture.batch;
    const { padded, logits } = await runBatch(model, prompts);
    expect([...padded.ids]).toEqual(input_ids.flat());
    expect([...padded.attention_mask]).toEqual(attention_mask.flat());
    expect([...padded.position_ids]).toEqual(position_ids.flat());
    last.forEach(({ ids, logits: expected }, row) =>
      expectClose(
        ids.map((id) => logits[row][id]),
        expected,
        close
      )
    );
    const { result } = await generateAll(generateBatch(model, prompts, { max_new_tokens }));
    expect(result.sequences.map(({ newIds }) => newIds)).toEqual(generated);
  });

  it('gives each prompt of a batch what it gets alone: logits, hidden states, attention', async () => {
    const { prompts } = fixture.batch;
    const { logits, activations } = await runBatch(model, prompts, INSIDE);
    for (const [row, ids] of prompts.entries()) {
      const trace = await runTrace(model, ids);
      expectClose(logits[row], await trace.logits('last'), close);
      const [T, width] = [ids.length, model.config.n_embd];
      const states = await trace.hiddenStates();
      activations[row].hidden_states!.forEach((state, depth) =>
        expectClose(state, states[depth].subarray((T - 1) * width), tolerance(backend, 'hook_resid_post'))
      );
      const pattern = (await trace.read('pattern', 5)).data;
      for (let head = 0; head < 12; head++) {
        const alone = pattern.subarray((head * T + T - 1) * T, (head * T + T) * T);
        const inBatch = activations[row].attentions![5].subarray(head * T, (head + 1) * T);
        expectClose(inBatch, alone, tolerance(backend, 'attn.hook_pattern'));
      }
      trace.dispose();
    }
  });
});

describe('generate with and without the cache, a tiny model on cpu', () => {
  beforeAll(() => startBackend('cpu'));
  const close = tolerance('cpu', 'logits');
  const run = async (options: GenerateOptions, prompt = tinyIds(5)) => {
    const model = tinyModel();
    const done = await generateAll(generate(model, prompt, { eos_token_id: null, ...options }));
    model.dispose();
    return done;
  };

  it('finds the same beams, whichever rows of the cache they take', async () => {
    const options = { num_beams: 4, num_return_sequences: 4, max_new_tokens: 12 };
    const [cached, plain] = [await run(options), await run({ ...options, use_cache: false })];
    expect(cached.result.sequences.map(({ ids }) => ids)).toEqual(
      plain.result.sequences.map(({ ids }) => ids)
    );
    cached.steps.forEach((step, i) =>
      (step as BeamStep).logits.forEach((logits, row) =>
        expectClose(logits, (plain.steps[i] as BeamStep).logits[row], close)
      )
    );
    const parents = (cached.steps as BeamStep[]).flatMap(({ candidates }) =>
      candidates.flatMap(({ state, parentBeam, beam }) =>
        state === 'kept' && beam !== parentBeam ? [beam] : []
      )
    );
    expect(parents.length).toBeGreaterThan(0); // beams did change places
  });

  it('goes on to the last position that the model has', async () => {
    const { result } = await run({ max_new_tokens: 27 });
    expect(result.sequences[0]).toMatchObject({ stopped: 'length' });
    expect(result.sequences[0].ids).toHaveLength(32);
  });

  it('draws the same tokens for the same seed, each sequence from its own', async () => {
    const options = { do_sample: true, num_return_sequences: 3, max_new_tokens: 10, seed: 7 };
    const first = (await run(options)).result.sequences.map(({ newIds }) => newIds);
    expect((await run(options)).result.sequences.map(({ newIds }) => newIds)).toEqual(first);
    expect(new Set(first.map(String)).size).toBe(3);
    const second = await run({ ...options, num_return_sequences: 1, seed: 8 });
    expect(second.result.sequences[0].newIds).toEqual(first[1]); // the seed plus 1
  });

  it('draws as each prompt alone would, in a batch', async () => {
    const options = { do_sample: true, max_new_tokens: 6, seed: 3, eos_token_id: null };
    const model = tinyModel();
    const prompts = [tinyIds(2), tinyIds(9), tinyIds(4)];
    const { result } = await generateAll(generateBatch(model, prompts, options));
    for (const [i, prompt] of prompts.entries()) {
      const alone = await generateAll(generate(model, prompt, options));
      expect(result.sequences[i]).toMatchObject({ prompt: i, newIds: alone.result.sequences[0].newIds });
    }
    model.dispose();
  });

  it('refuses to read a cache that is not there', async () => {
    const model = tinyModel();
    const steps = generate(model, [1], { use_cache: false });
    const { value } = await steps.next();
    await expect((value as TokenStep).pastKeyValues()).rejects.toThrow('use_cache must be true, got false');
    await steps.return({ sequences: [] });
    model.dispose();
  });
});

describe('padLeft(prompts, config)', () => {
  const config = { ...TINY_CONFIG, n_ctx: 8, vocab_size: 50, eos_token_id: [49] };

  it('puts the filler in front, masks it, and counts positions from the first token', () => {
    const padded = padLeft([[7], [1, 2, 3]], config);
    expect(padded).toMatchObject({ B: 2, T: 3, padding: [2, 0] });
    expect([...padded.ids]).toEqual([49, 49, 7, 1, 2, 3]);
    expect([...padded.attention_mask]).toEqual([0, 0, 1, 1, 1, 1]);
    expect([...padded.position_ids]).toEqual([0, 0, 0, 0, 1, 2]);
  });

  it('refuses no prompt, an empty one, and an unknown id', () => {
    expect(() => padLeft([], config)).toThrow('padLeft: prompts must be at least 1 prompt');
    expect(() => padLeft([[1], []], config)).toThrow('at least 1 token');
    expect(() => padLeft([[50]], config)).toThrow('got 50');
  });
});
