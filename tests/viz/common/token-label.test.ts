import { describe, expect, it } from 'vitest';
import type { Token } from '../../../src/lib/gpt2';
import { tokenLabel, tokenName, tokenParts } from '../../../src/lib/viz/common/token-label';

/** A token that stands for these bytes, or for the bytes of this text. */
function token(content: string | number[], special = false): Token {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : Uint8Array.from(content);
  return { id: 0, text: new TextDecoder().decode(bytes), bytes, start: 0, end: 0, special };
}

describe('tokenLabel(token)', () => {
  it.each([
    [' the', '·the'],
    ['the', 'the'],
    ['   ', '···'],
    ['\n', '⏎'],
    ['\n\n', '⏎⏎'],
    ['\t', '⇥'],
    ['é', 'é'],
    ['图', '图'],
    ['\u0000', '<U+0000>'],
    ['\u00a0', '<U+00A0>'],
    ['\u200d', '<U+200D>'],
    ['\u0301', '◌\u0301'],
    ['\ufffd', '\ufffd']
  ])('writes %j as %s', (text, label) => {
    expect(tokenLabel(token(text))).toBe(label);
  });

  it('writes bytes of a split character in hexadecimal', () => {
    expect(tokenLabel(token([0xf0, 0x9f]))).toBe('<F0><9F>');
    expect(tokenLabel(token([0x20, 0xf0, 0x9f]))).toBe('·<F0><9F>');
    expect(tokenLabel(token([0x80]))).toBe('<80>');
    expect(tokenLabel(token([0xe5, 0x9b, 0xbe, 0xe5]))).toBe('图<E5>');
  });

  it('names a special token', () => {
    expect(tokenLabel(token('<|endoftext|>', true))).toBe('<|endoftext|>');
  });
});

describe('tokenParts(token)', () => {
  it('keeps what cannot be seen apart from the text', () => {
    expect(tokenParts(token(' the'))).toEqual([
      { text: '·', quiet: true },
      { text: 'the', quiet: false }
    ]);
  });

  it('tells a real middle dot from a space', () => {
    expect(tokenParts(token('·'))).toEqual([{ text: '·', quiet: false }]);
  });
});

describe('tokenName(token)', () => {
  it('quotes text and spells what is none', () => {
    expect(tokenName(token(' the'))).toBe('" the"');
    expect(tokenName(token('\n'))).toBe('⏎');
    expect(tokenName(token([0xf0]))).toBe('<F0>');
  });
});
