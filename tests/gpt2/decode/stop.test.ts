import { describe, expect, it } from 'vitest';
import { stopRule } from '../../../src/lib/gpt2/decode/stop.ts';
import type { CheckedOptions } from '../../../src/lib/gpt2/decode/types.ts';
import { createVocabulary } from '../../../src/lib/gpt2/tokenizer/vocabulary.ts';

// Ġ is a space; "ðŁ" and "¦Ĭ" are the halves of 🦊 (F0 9F, A6 8A)
const pieces = ['st', 'op', 'stop', 'opera', 'las', 'topper', 'Ġat', 's', 'ðŁ', '¦Ĭ', 'x', '<|endoftext|>'];
const id = Object.fromEntries(pieces.map((piece, index) => [piece, index]));
const vocabulary = createVocabulary({ pieces, names: [], specials: [id['<|endoftext|>']], byteLevel: true });
const rule = (changes: Partial<CheckedOptions>) =>
  stopRule(
    { eos_token_id: [], stop_strings: [], max_new_tokens: 99, ...changes } as CheckedOptions,
    vocabulary
  );

describe('stopRule(options, vocabulary)', () => {
  // the examples of Hugging Face's StopStringCriteria
  it.each([['st', 'op'], ['stop'], ['st', 'opera'], ['las', 'topper'], ['x', 's', 'topper']])(
    'stops at "stop" in %s %s',
    (...tokens) => {
      expect(
        rule({ stop_strings: ['stop'] })(
          tokens.map((piece) => id[piece]),
          1
        )
      ).toBe('stop_string');
    }
  );

  it.each([['stop', 'Ġat'], ['st', 'op', 'Ġat'], ['st', 'opera', 'x'], ['st'], ['st', 'x', 'op']])(
    'does not stop in %s %s',
    (...tokens) => {
      expect(
        rule({ stop_strings: ['stop'] })(
          tokens.map((piece) => id[piece]),
          1
        )
      ).toBeNull();
    }
  );

  it('knows any of several strings, and one split inside a character', () => {
    const stop = rule({ stop_strings: ['nothing', 'x🦊'] });
    expect(stop([id.x, id['ðŁ'], id['¦Ĭ']], 3)).toBe('stop_string');
    expect(stop([id.x, id['ðŁ']], 2)).toBeNull();
  });

  it('stops at any end token, before it counts the length', () => {
    const stop = rule({ eos_token_id: [3, 11], max_new_tokens: 2 });
    expect([stop([11], 2), stop([3], 1), stop([1], 2), stop([1], 1)]).toEqual(['eos', 'eos', 'length', null]);
  });
});
