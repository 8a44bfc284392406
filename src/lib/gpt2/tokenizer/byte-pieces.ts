/**
 * GPT-2's spelling of bytes as visible characters. Its vocabulary is made of byte sequences, but vocab.json and
 * merges.txt are text, so each of the 256 bytes has a printable stand-in: itself where it is printable, else the
 * next free character from U+0100 on (a space is "Ġ", a newline "Ċ").
 *
 * Source: openai/gpt-2, src/encoder.py, bytes_to_unicode().
 */
import { TokenizerError, mustBe } from '../errors.ts';

const BYTES = 256;
const FIRST_STAND_IN = 0x100;
/** First and last byte of the runs that stand for themselves. */
const PRINTABLE: readonly (readonly [number, number])[] = [
  [0x21, 0x7e], // ! to ~
  [0xa1, 0xac], // ¡ to ¬
  [0xae, 0xff] //  ® to ÿ
];

const isPrintable = (byte: number): boolean =>
  PRINTABLE.some(([first, last]) => byte >= first && byte <= last);

/** The character that stands for each byte, by byte. */
export function bytesToUnicode(): string[] {
  let next = FIRST_STAND_IN;
  return Array.from({ length: BYTES }, (_, byte) => String.fromCharCode(isPrintable(byte) ? byte : next++));
}

const CHARACTER_OF = bytesToUnicode();
const BYTE_OF = new Map(CHARACTER_OF.map((character, byte) => [character, byte]));
/** 1 at the code of each of the 256 characters; all of them are single UTF-16 units. */
const STANDS_FOR_BYTE = new Uint8Array(FIRST_STAND_IN + BYTES);
for (const character of CHARACTER_OF) STANDS_FOR_BYTE[character.charCodeAt(0)] = 1;
const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** True if every character of `piece` stands for a byte. */
export function isBytePiece(piece: string): boolean {
  for (let i = 0; i < piece.length; i++) if (!STANDS_FOR_BYTE[piece.charCodeAt(i)]) return false;
  return piece !== '';
}

/**
 * The bytes that a piece of the vocabulary stands for: "Ġthe" is 20 74 68 65.
 *
 * Throws: TokenizerError if a character of `piece` stands for no byte.
 */
export function pieceToBytes(piece: string): Uint8Array {
  return Uint8Array.from(piece, (character) => {
    const byte = BYTE_OF.get(character);
    if (byte !== undefined) return byte;
    const expected = "made of GPT-2's 256 byte characters";
    const advice = 'Use the vocab.json of a model with byte-level BPE.';
    throw new TokenizerError(
      mustBe(
        'pieceToBytes: piece',
        expected,
        `${JSON.stringify(character)} in ${JSON.stringify(piece)}`,
        advice
      )
    );
  });
}

/** A text as the characters that stand for its UTF-8 bytes. */
export function byteCharacters(text: string): string {
  return bytesToPiece(textToBytes(text));
}

/** The piece that stands for these bytes; the inverse of `pieceToBytes`. */
export function bytesToPiece(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => CHARACTER_OF[byte]).join('');
}

/** Bytes read as UTF-8, with U+FFFD wherever they hold only a part of a character. A byte order mark is kept. */
export function bytesToText(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

/** Text written as UTF-8. Half a surrogate pair, which UTF-8 cannot hold, becomes U+FFFD (EF BF BD). */
export function textToBytes(text: string): Uint8Array {
  return encoder.encode(text);
}

/** Several byte sequences as one. */
export function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}
