import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/lib/gpt2/errors.ts';
import { createVocabulary, tokenFromPiece } from '../../../src/lib/gpt2/tokenizer/vocabulary.ts';

describe('tokenFromPiece(id, piece, special)', () => {
  it('spells a piece of text', () => {
    expect(tokenFromPiece(262, 'Ġthe', false)).toEqual({
      id: 262,
      text: ' the',
      bytes: Uint8Array.of(0x20, 0x74, 0x68, 0x65),
      start: 0,
      end: 0,
      special: false
    });
  });

  it('takes the name of a special token as it is, spaces too', () => {
    const token = tokenFromPiece(3, '<a b>', true);
    expect(token.text).toBe('<a b>');
    expect(token.bytes).toHaveLength(5);
    expect(token.special).toBe(true);
  });
});

describe('createVocabulary(pieces, endOfText, specials)', () => {
  const vocabulary = createVocabulary(['a', 'Ġb', '<|endoftext|>', '<pad me>'], 2, [2, 3]);

  it('gives the token of an id, the same one each time', () => {
    expect(vocabulary.vocab_size).toBe(4);
    expect(vocabulary.token(1).text).toBe(' b');
    expect(vocabulary.token(1)).toBe(vocabulary.token(1));
  });

  it('knows which tokens are special', () => {
    expect([0, 1, 2, 3].map((id) => vocabulary.token(id).special)).toEqual([false, false, true, true]);
    expect(createVocabulary(['a', '<|endoftext|>'], 1).token(1).special).toBe(true);
  });

  it.each([-1, 4, 1.5, NaN, Infinity])('refuses id %s', (id) => {
    expect(() => vocabulary.token(id)).toThrow(InputError);
    expect(() => vocabulary.token(id)).toThrow(`token: id must be an integer from 0 to 3, got ${id}.`);
  });
});
