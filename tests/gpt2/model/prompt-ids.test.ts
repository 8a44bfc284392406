import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/lib/gpt2/errors.ts';
import { checkIds } from '../../../src/lib/gpt2/model/prompt-ids.ts';
import { TINY_CONFIG, tinyIds } from '../tiny-model.ts';

const check = (ids: number[]) => () => checkIds(ids, TINY_CONFIG);

describe('checkIds(ids, config)', () => {
  it('takes 1 to n_ctx ids of the vocabulary', () => {
    for (const ids of [[0], [29], tinyIds(32)]) expect(check(ids)).not.toThrow();
  });

  it('refuses no ids and says what to do', () => {
    expect(check([])).toThrow(InputError);
    expect(check([])).toThrow('prompt must be at least 1 token, got 0 tokens. Write some text.');
  });

  it('refuses too many and says by how many to shorten', () => {
    expect(check(tinyIds(35))).toThrow(InputError);
    expect(check(tinyIds(35))).toThrow(
      'prompt must be at most 32 tokens, got 35 tokens. Shorten it by 3 tokens.'
    );
  });

  it.each([30, -1, 1.5, NaN])('refuses the id %d and names its position', (id) => {
    expect(check([1, id])).toThrow(InputError);
    expect(check([1, id])).toThrow(
      `prompt: id at position 1 must be a whole number from 0 to 29, got ${id}.`
    );
  });
});
