import { describe, expect, it } from 'vitest';
import { checkOptions } from '../../../src/lib/gpt2/decode/options.ts';
import { generate, generateBatch } from '../../../src/lib/gpt2/decode/generate.ts';
import type { GenerateOptions } from '../../../src/lib/gpt2/decode/types.ts';
import { InputError } from '../../../src/lib/gpt2/errors.ts';
import { startBackend } from '../backends.ts';
import { TINY_CONFIG, tinyModel } from '../tiny-model.ts';

const model = { config: TINY_CONFIG };

describe('checkOptions(model, longest, options)', () => {
  it('fills in what changes nothing, and the end token of the model', () => {
    expect(checkOptions(model, 5, {})).toMatchObject({
      do_sample: false,
      max_new_tokens: 20,
      num_beams: 1,
      eos_token_id: [29],
      stop_strings: [],
      use_cache: true
    });
    expect(checkOptions(model, 5, { top_k: undefined, eos_token_id: null, stop_strings: 'a' })).toMatchObject(
      {
        top_k: 0,
        eos_token_id: [],
        stop_strings: ['a']
      }
    );
  });

  it.each<[GenerateOptions, string]>([
    [
      { max_new_tokens: 28 },
      'generate: max_new_tokens must be an integer from 1 to 27, got 28. The model has room for'
    ],
    [{ max_new_tokens: 0 }, 'got 0'],
    [{ max_new_tokens: 2.5 }, 'got 2.5'],
    [{ num_beams: 0 }, 'num_beams must be an integer from 1 to 15'],
    [{ num_beams: 16 }, 'got 16'],
    [{ num_beams: 2, num_return_sequences: 3 }, 'num_return_sequences must be at most num_beams = 2, got 3'],
    [{ num_return_sequences: 2 }, 'num_return_sequences must be 1, got 2. The best token is always the same'],
    [
      { early_stopping: 'sometimes' as 'never' },
      "early_stopping must be true, false or 'never', got sometimes"
    ],
    [{ length_penalty: NaN }, 'length_penalty must be a finite number'],
    [{ seed: -1 }, 'seed must be an integer from 0'],
    [{ eos_token_id: [-1] }, 'eos_token_id must be an id'],
    [{ stop_strings: ['a', ''] }, 'stop_strings must be texts'],
    [{ top: 31 }, 'top must be an integer from 0 to 30'],
    [{ top_p: 2 }, 'generate: top_p must be from 0 to 1, got 2. Use 1 to switch it off.']
  ])('refuses %o', (options, message) => {
    expect(() => checkOptions(model, 5, options)).toThrow(InputError);
    expect(() => checkOptions(model, 5, options)).toThrow(message);
  });

  it('refuses a prompt that fills the model', () => {
    expect(() => checkOptions(model, 32, {})).toThrow('generate: prompt must be at most 31 tokens, got 32.');
  });
});

describe('generate on bad input', () => {
  it('throws at the first next(): no ids, an unknown id, beams for a batch', async () => {
    await startBackend('cpu');
    const tiny = tinyModel();
    await expect(generate(tiny, []).next()).rejects.toThrow('at least 1 token');
    await expect(generate(tiny, [30]).next()).rejects.toThrow('got 30');
    await expect(generateBatch(tiny, []).next()).rejects.toThrow('at least 1 prompt');
    await expect(generateBatch(tiny, [[1]], { num_beams: 2 }).next()).rejects.toThrow(
      'num_beams must be 1, got 2'
    );
    tiny.dispose();
  });
});
