import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bytesToPiece,
  bytesToText,
  bytesToUnicode,
  isBytePiece,
  joinBytes,
  pieceToBytes,
  textToBytes
} from '../../../src/lib/gpt2/tokenizer/byte-pieces.ts';
import { TokenizerError } from '../../../src/lib/gpt2/errors.ts';

describe('bytesToUnicode()', () => {
  it('gives 256 different characters', () => {
    expect(new Set(bytesToUnicode()).size).toBe(256);
  });

  it('keeps printable bytes and moves the others to U+0100 and on, in order', () => {
    const table = bytesToUnicode(); // by hand from encoder.py: 33 bytes (0 to 32) come before 127
    expect(table[0x21]).toBe('!');
    expect(table[0x7e]).toBe('~');
    expect(table[0xff]).toBe('ÿ');
    expect(table[0x00]).toBe('Ā');
    expect(table[0x0a]).toBe('Ċ');
    expect(table[0x20]).toBe('Ġ');
    expect(table[0x7f]).toBe('\u0121');
    expect(table[0xa0]).toBe('\u0142');
    expect(table[0xad]).toBe('\u0143');
  });
});

describe('pieceToBytes(piece)', () => {
  it('reads Ġthe as a space and "the"', () => {
    expect([...pieceToBytes('Ġthe')]).toEqual([0x20, 0x74, 0x68, 0x65]);
  });

  it('is undone by bytesToPiece for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => [...pieceToBytes(bytesToPiece(bytes))].join() === bytes.join())
    );
  });

  it('names the character that stands for no byte', () => {
    expect(() => pieceToBytes('a b')).toThrow(TokenizerError);
    expect(() => pieceToBytes('a b')).toThrow(/pieceToBytes: piece must be .* got " " in "a b"/);
  });
});

describe('isBytePiece(piece)', () => {
  it('takes byte characters only, and at least one', () => {
    expect(isBytePiece('Ġthe')).toBe(true);
    expect(isBytePiece('a b')).toBe(false);
    expect(isBytePiece('你')).toBe(false);
    expect(isBytePiece('')).toBe(false);
  });
});

describe('bytesToText(bytes), textToBytes(text)', () => {
  it('shows U+FFFD for a part of a character', () => {
    expect(bytesToText(Uint8Array.of(0x20, 0xf0, 0x9f))).toBe(' \ufffd');
  });

  it('keeps a byte order mark', () => {
    expect(bytesToText(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61))).toBe('\ufeffa');
  });

  it('writes half a surrogate pair as U+FFFD', () => {
    expect([...textToBytes('\ud83e')]).toEqual([0xef, 0xbf, 0xbd]);
  });
});

describe('joinBytes(parts)', () => {
  it('joins in order, and nothing to nothing', () => {
    expect([...joinBytes([Uint8Array.of(1, 2), Uint8Array.of(), Uint8Array.of(3)])]).toEqual([1, 2, 3]);
    expect(joinBytes([])).toHaveLength(0);
  });
});
