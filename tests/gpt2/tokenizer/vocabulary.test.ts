import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/lib/gpt2/errors.ts';
import { createVocabulary } from '../../../src/lib/gpt2/tokenizer/vocabulary.ts';

describe('createVocabulary(pieces, vocab_size)', () => {
  const pieces = ['a', 'Ġthe', '<|endoftext|>', null, '<pad me>', 'é'];
  const vocabulary = createVocabulary({ pieces, names: [2, 4, 5], specials: [2, 4], byteLevel: true });

  it('spells a piece of text', () => {
    expect(vocabulary.token(1)).toEqual({
      id: 1,
      text: ' the',
      bytes: Uint8Array.of(0x20, 0x74, 0x68, 0x65),
      start: 0,
      end: 0,
      special: false
    });
    expect(vocabulary.token(1)).toBe(vocabulary.token(1));
  });

  it('takes the name of an added token as it is, whatever its letters stand for elsewhere', () => {
    expect(vocabulary.token(4)).toMatchObject({ text: '<pad me>', special: true });
    expect(vocabulary.token(4).bytes).toHaveLength(8);
    expect(vocabulary.token(5)).toMatchObject({ text: 'é', special: false });
  });

  it('reads pieces that are not spelled in bytes as they are', () => {
    const words = createVocabulary({ pieces: ['Ġthe', 'a b'], names: [], specials: [], byteLevel: false });
    expect([0, 1].map((id) => words.token(id).text)).toEqual(['Ġthe', 'a b']);
  });

  it('knows which tokens are special', () => {
    expect([0, 1, 2, 4].map((id) => vocabulary.token(id).special)).toEqual([false, false, true, true]);
  });

  it('gives an id without a token no text, in a gap and beyond the last', () => {
    for (const id of [3, 6, 300]) {
      expect(vocabulary.token(id)).toMatchObject({ id, text: '', special: false, missing: true });
      expect(vocabulary.token(id).bytes).toHaveLength(0);
    }
  });

  it('has as many ids as there are rows of wte, else as there are pieces', () => {
    expect(vocabulary.vocab_size).toBe(6);
    expect(createVocabulary({ pieces, names: [], specials: [], byteLevel: true }, 304).vocab_size).toBe(304);
  });

  it.each([-1, 1.5, NaN, Infinity])('refuses id %s', (id) => {
    expect(() => vocabulary.token(id)).toThrow(InputError);
    expect(() => vocabulary.token(id)).toThrow(`token: id must be an integer of at least 0, got ${id}.`);
  });
});
