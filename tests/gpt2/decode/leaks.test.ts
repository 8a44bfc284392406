import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generate, generateAll, generateBatch } from '../../../src/lib/gpt2/decode/generate.ts';
import { runBatch } from '../../../src/lib/gpt2/decode/run-batch.ts';
import type { GenerateOptions, TokenStep } from '../../../src/lib/gpt2/decode/types.ts';
import { loss } from '../../../src/lib/gpt2/trace/loss.ts';
import type { Gpt2Model } from '../../../src/lib/gpt2/model/model.ts';
import { NODE_BACKENDS, numTensors, startBackend } from '../backends.ts';
import { tinyIds, tinyModel } from '../tiny-model.ts';

const INSIDE = { output_hidden_states: true, output_attentions: true };
const MODES: [name: string, options: GenerateOptions][] = [
  ['greedy', {}],
  ['greedy without a cache', { use_cache: false }],
  ['drawing three', { do_sample: true, num_return_sequences: 3, temperature: 2, top_k: 9, ...INSIDE }],
  ['beams', { num_beams: 3 }],
  ['drawn beams without a cache', { num_beams: 3, do_sample: true, use_cache: false }]
];

describe.each(NODE_BACKENDS)('memory of decoding on %s', (backend) => {
  let model: Gpt2Model;
  let before: number;
  beforeAll(async () => {
    await startBackend(backend);
    model = tinyModel();
    before = numTensors();
  });
  afterAll(() => model.dispose());

  const start = (options: GenerateOptions) =>
    generate(model, tinyIds(5), { max_new_tokens: 6, eos_token_id: null, ...options });

  it.each(MODES)('%s: the count is flat while it runs, and at the end as before', async (_name, options) => {
    const held = options.use_cache === false ? 0 : 4; // keys and values of two layers
    for await (const _step of start(options)) expect(numTensors()).toBe(before + held);
    expect(numTensors()).toBe(before);
  });

  it.each(MODES)('%s: left by break, return and throw, it leaves nothing', async (_name, options) => {
    for await (const _step of start(options)) break;
    expect(numTensors()).toBe(before);
    const returned = start(options);
    await returned.next();
    await returned.return({ sequences: [] });
    expect(numTensors()).toBe(before);
    const thrown = start(options);
    await thrown.next();
    await expect(thrown.throw(new Error('enough'))).rejects.toThrow('enough');
    expect(numTensors()).toBe(before);
    await start(options).return({ sequences: [] }); // never started
    expect(numTensors()).toBe(before);
  });

  it.each(MODES)(
    '%s: aborted after any step, it throws the reason and leaves nothing',
    async (_name, options) => {
      for (let steps = 0; steps < 4; steps++) {
        const controller = new AbortController();
        const iterator = start({ ...options, signal: controller.signal });
        for (let i = 0; i < steps; i++) await iterator.next();
        controller.abort(new Error('enough'));
        const rest = (async () => {
          while (!(await iterator.next()).done);
        })();
        await expect(rest).rejects.toThrow('enough');
        expect(numTensors()).toBe(before);
      }
    }
  );

  it('aborted inside a step, between two blocks, it leaves nothing', async () => {
    for (let checks = 1; checks < 10; checks++) {
      let left = checks;
      const signal = {
        throwIfAborted: () => {
          if (left-- === 0) throw new Error('enough');
        }
      } as AbortSignal;
      await expect(generateAll(start({ signal }))).rejects.toThrow('enough');
      expect(numTensors()).toBe(before);
    }
  });

  it('a batch, a read cache and the loss leave nothing', async () => {
    await runBatch(model, [tinyIds(3), tinyIds(9)], INSIDE);
    await loss(model, tinyIds(9));
    expect(numTensors()).toBe(before);
    const batch = generateBatch(model, [tinyIds(3), tinyIds(9)], { max_new_tokens: 3, eos_token_id: null });
    for await (const step of batch) {
      const held = numTensors();
      await step.pastKeyValues();
      expect(numTensors()).toBe(held);
    }
    expect(numTensors()).toBe(before);
  });

  it('a cache read while the iterator moves on is whole', async () => {
    const iterator = start({});
    const first = (await iterator.next()).value as TokenStep;
    const reading = first.pastKeyValues();
    await iterator.next();
    const [{ key, shape }] = await reading;
    expect(shape).toEqual([2, 5, 4]);
    expect(key.some((value) => value !== 0)).toBe(true);
    await iterator.return({ sequences: [] });
    expect(numTensors()).toBe(before);
  });

  it('prompts of many lengths leave the count flat', async () => {
    for (let T = 1; T <= 28; T += 3) {
      await generateAll(generate(model, tinyIds(T), { max_new_tokens: 3, num_beams: 1 + (T % 3) }));
      expect(numTensors()).toBe(before);
    }
  });
});
