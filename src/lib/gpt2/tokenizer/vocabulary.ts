/**
 * What each id stands for, from the list of pieces alone: a page can label any token without loading a tokenizer.
 */
import { bytesToText, isBytePiece, pieceToBytes, textToBytes } from './byte-pieces.ts';
import { InputError, mustBe } from '../errors.ts';
import type { Token } from './tokens.ts';

export interface Vocabulary {
  /** Ids that there are: rows of wte where a model is known, else one more than the tokenizer's last id. */
  readonly vocab_size: number;
  /** The token of an id, outside any prompt (start and end are 0). Throws InputError if it can be no id. */
  token(id: number): Token;
}

/** A tokenizer's pieces, which can be sent to a page that has no tokenizer. */
export interface Pieces {
  /** By id, as the vocabulary spells them; null where an id stands for no token. */
  readonly pieces: readonly (string | null)[];
  /** Ids of tokens that stand for their name, whatever letters it has. */
  readonly names: readonly number[];
  /** Of those, the ids that are not text: a beginning, an end, a filler. */
  readonly specials: readonly number[];
  /** Pieces are spelled in the characters that stand for bytes, as GPT-2's; else they are text. */
  readonly byteLevel: boolean;
}

/** The bytes that a piece stands for: of a name, and of a piece that is not spelled in bytes, its letters. */
function bytesOf(piece: string, isSpelled: boolean): Uint8Array {
  return isSpelled && isBytePiece(piece) ? pieceToBytes(piece) : textToBytes(piece);
}

/**
 * Tokens by id, each made when first asked for. An id that no token has is one without text.
 *
 * @param vocab_size rows of wte; left out: one more than the tokenizer's last id
 */
export function createVocabulary(
  { pieces, names, specials, byteLevel }: Pieces,
  vocab_size: number = pieces.length
): Vocabulary {
  const [isName, isSpecial] = [new Set(names), new Set(specials)];
  const made = new Map<number, Token>();

  const make = (id: number): Token => {
    const piece = pieces[id] ?? null;
    if (piece === null) return { ...NO_TOKEN, id };
    const bytes = bytesOf(piece, byteLevel && !isName.has(id));
    return { id, text: bytesToText(bytes), bytes, start: 0, end: 0, special: isSpecial.has(id) };
  };
  const token = (id: number): Token => {
    const known = made.get(id);
    if (known) return known;
    if (!Number.isInteger(id) || id < 0) {
      const advice = 'Take ids from encode() or from the same model.';
      throw new InputError(mustBe('token: id', 'an integer of at least 0', id, advice));
    }
    const fresh = make(id);
    made.set(id, fresh);
    return fresh;
  };
  return { vocab_size, token };
}

const NO_TOKEN = { text: '', bytes: new Uint8Array(0), start: 0, end: 0, special: false, missing: true };
