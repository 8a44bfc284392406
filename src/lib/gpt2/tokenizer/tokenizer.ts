/**
 * GPT-2's tokenizer: text to ids by byte-level byte pair encoding, with each token's bytes and place in the text.
 *
 * The splitting and merging are done by @huggingface/tokenizers; this module checks the files, gives tokens their
 * bytes and places, and decodes.
 *
 * Source: openai/gpt-2, src/encoder.py; Hugging Face transformers, GPT2TokenizerFast.
 */
import { Tokenizer } from '@huggingface/tokenizers';
import { bytesToText, joinBytes } from './byte-pieces.ts';
import { TokenizerError, mustBe } from '../errors.ts';
import { readTokenizerFiles, type TokenizerFiles, type TokenizerParts } from './files.ts';
import type { Token } from './tokens.ts';
import { createVocabulary, type Vocabulary } from './vocabulary.ts';

export type { TokenizerFiles } from './files.ts';
export { createVocabulary, tokenFromPiece, type Vocabulary } from './vocabulary.ts';

export interface Gpt2Tokenizer extends Vocabulary {
  /** Id of `<|endoftext|>`. */
  readonly endOfText: number;
  /** Every id that is a name rather than text; for GPT-2 only `endOfText`. */
  readonly specials: readonly number[];
  /**
   * The tokens of a text, in order; none for an empty text.
   *
   * `<|endoftext|>` typed in the text becomes the special token, as in Hugging Face (OpenAI's own encoder splits it
   * like any text). Half a surrogate pair is read as U+FFFD, as TextEncoder does. Otherwise the bytes of all tokens
   * joined are the UTF-8 of the text.
   *
   * Units: start and end are UTF-16 offsets, as `text.slice` takes them. A token that holds some of a character's
   * bytes covers the whole character, so tokens that share an emoji overlap.
   */
  encode(text: string): Token[];
  /** The text of a list of ids, '' for none; U+FFFD where bytes are not UTF-8. Throws InputError on an unknown id. */
  decode(ids: readonly number[]): string;
  /** Byte-level piece by id, which can be sent to a page that has no tokenizer (see `createVocabulary`). */
  pieces(): string[];
}

/** How GPT-2 cuts a text into words before merging: contractions, then letters, digits or other signs with at most one space in front. */
const SPLIT = String.raw`'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`;

/**
 * Makes a tokenizer from the files of a model folder.
 *
 * Throws: TokenizerError that names the entry, if the files do not describe a byte-level BPE with `<|endoftext|>`.
 */
export function createTokenizer(files: TokenizerFiles): Gpt2Tokenizer {
  const parts = readTokenizerFiles(files);
  const library = new Tokenizer(tokenizerJson(parts), {});
  const vocabulary = createVocabulary(parts.pieces, parts.endOfText, parts.specials);
  return {
    ...vocabulary,
    endOfText: parts.endOfText,
    specials: parts.specials,
    encode: (text) => placeTokens(text, library.encode(text).ids.map(vocabulary.token)),
    decode: (ids) => bytesToText(joinBytes(ids.map((id) => vocabulary.token(id).bytes))),
    pieces: () => [...parts.pieces]
  };
}

/**
 * The library's own description of a tokenizer. The split is spelled out rather than left to the library's ByteLevel,
 * whose `\s` is JavaScript's: that one takes U+FEFF for a space and U+0085 for none, Hugging Face's does the opposite.
 */
function tokenizerJson({ pieces, vocab, merges, specials }: TokenizerParts): object {
  const byteLevel = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: false, use_regex: false };
  return {
    added_tokens: specials.map((id) => ({ id, content: pieces[id], special: true, normalized: false })),
    normalizer: null,
    pre_tokenizer: {
      type: 'Sequence',
      pretokenizers: [
        { type: 'Split', pattern: { Regex: SPLIT }, behavior: 'Isolated', invert: false },
        byteLevel
      ]
    },
    post_processor: null,
    decoder: null,
    model: { type: 'BPE', vocab, merges }
  };
}

/** Gives the tokens of a text their offsets: the characters that their bytes belong to. */
function placeTokens(text: string, tokens: readonly Token[]): Token[] {
  const { starts, ends } = characterOfByte(text);
  let first = 0;
  const placed = tokens.map((token) => {
    const last = first + token.bytes.length - 1;
    const at = { ...token, start: starts[first], end: ends[last] };
    first = last + 1;
    return at;
  });
  if (first !== starts.length) {
    const advice = "The tokenizer's files do not cover this text.";
    throw new TokenizerError(mustBe('encode: tokens', `${starts.length} bytes together`, first, advice));
  }
  return placed;
}

/** For each byte of the text's UTF-8, the UTF-16 offsets of the character it belongs to. */
function characterOfByte(text: string): { starts: number[]; ends: number[] } {
  const starts: number[] = [];
  const ends: number[] = [];
  let start = 0;
  for (const character of text) {
    const end = start + character.length;
    for (let byte = utf8Length(character.codePointAt(0)!); byte > 0; byte--) {
      starts.push(start);
      ends.push(end);
    }
    start = end;
  }
  return { starts, ends };
}

/** Bytes of a code point in UTF-8. Half a surrogate pair takes three, like the U+FFFD written for it. */
function utf8Length(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}
