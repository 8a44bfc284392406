/**
 * What each id stands for, from the list of byte-level pieces alone: a page can label any token without
 * loading a tokenizer.
 */
import { bytesToText, pieceToBytes, textToBytes } from './byte-pieces.ts';
import { InputError, mustBe } from '../errors.ts';
import type { Token } from './tokens.ts';

export interface Vocabulary {
  readonly vocab_size: number;
  /** The token of an id, outside any prompt (start and end are 0). Throws InputError if there is no such id. */
  token(id: number): Token;
}

/** A token outside any prompt. A special token's piece is its name, not a spelling of bytes. */
export function tokenFromPiece(id: number, piece: string, special: boolean): Token {
  const bytes = special ? textToBytes(piece) : pieceToBytes(piece);
  return { id, text: bytesToText(bytes), bytes, start: 0, end: 0, special };
}

/**
 * Tokens by id, each made when first asked for.
 *
 * @param pieces byte-level pieces by id, from `Gpt2Tokenizer.pieces()`
 * @param endOfText id of `<|endoftext|>`
 * @param specials every id that is a name rather than text, from `Gpt2Tokenizer.specials`
 */
export function createVocabulary(
  pieces: readonly string[],
  endOfText: number,
  specials: readonly number[] = [endOfText]
): Vocabulary {
  const special = new Set(specials).add(endOfText);
  const made = new Map<number, Token>();

  const token = (id: number): Token => {
    const known = made.get(id);
    if (known) return known;
    if (!Number.isInteger(id) || id < 0 || id >= pieces.length) {
      const advice = 'Take ids from encode() or from the same model.';
      throw new InputError(mustBe('token: id', `an integer from 0 to ${pieces.length - 1}`, id, advice));
    }
    const fresh = tokenFromPiece(id, pieces[id], special.has(id));
    made.set(id, fresh);
    return fresh;
  };
  return { vocab_size: pieces.length, token };
}
