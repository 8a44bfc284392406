/**
 * A GPT-2's tokenizer: text to ids by byte-level byte pair encoding, with each token's bytes and place in the text, and
 * whatever else the files of a checkpoint ask for.
 *
 * The merging is done by @huggingface/tokenizers; this module reads the files as AutoTokenizer does, gives tokens their
 * bytes and places, and decodes.
 *
 * Source: openai/gpt-2, src/encoder.py; transformers 5.23 and tokenizers 0.23.
 */
import { Tokenizer } from '@huggingface/tokenizers';
import { addedTokenSplitter, type AddedToken } from './added-tokens.ts';
import { alignedPart, changeAligned, sliceAligned, type AlignedText } from './aligned-text.ts';
import {
  readTokenizer,
  type SpecialName,
  type TokenizerFiles,
  type TokenizerParts
} from './auto-tokenizer.ts';
import { bytesToText, isBytePiece, joinBytes, pieceToBytes, textToBytes } from './byte-pieces.ts';
import { preTokenizer } from './pre-tokenize.ts';
import { isRecord, refuse } from './refuse.ts';
import type { Frame } from './template.ts';
import type { Token } from './tokens.ts';
import { createVocabulary, type Pieces, type Vocabulary } from './vocabulary.ts';
import { wordModel, type PlacedId } from './word-model.ts';

export type { TokenizerFiles } from './auto-tokenizer.ts';
export { createVocabulary, type Pieces, type Vocabulary } from './vocabulary.ts';

export interface Gpt2Tokenizer extends Vocabulary {
  /** Ids of the tokens that begin and end a text, fill it up and so on, those that the tokenizer has. */
  readonly named: Readonly<Partial<Record<SpecialName, number>>>;
  /** What `encode` puts around a text; nothing in GPT-2. */
  readonly frame: Frame;
  /**
   * The tokens of a text, in order, as AutoTokenizer gives them, what it puts around the text included.
   *
   * `<|endoftext|>` typed in the text becomes the special token, as in Hugging Face (OpenAI's own encoder splits it
   * like any text). Half a surrogate pair is read as U+FFFD, as TextEncoder does. With GPT-2's own files the bytes of all
   * tokens joined are the UTF-8 of the text.
   *
   * Units: start and end are UTF-16 offsets, as `text.slice` takes them. A token that holds some of a character's
   * bytes covers the whole character, so tokens that share an emoji overlap.
   */
  encode(text: string): Token[];
  /** The text of a list of ids, '' for none and for ids without a token; U+FFFD where bytes are not UTF-8. */
  decode(ids: readonly number[]): string;
  /** What a page needs that has no tokenizer (see `createVocabulary`). */
  pieces(): Pieces;
}

/**
 * Makes a tokenizer from the files of a model folder.
 *
 * Throws: TokenizerError that names the entry, if the files describe no tokenizer that is known here.
 */
export function createTokenizer(files: TokenizerFiles): Gpt2Tokenizer {
  const parts = readTokenizer(files);
  const pieces = piecesOf(parts);
  const vocabulary = createVocabulary(pieces);
  const place = encoder(parts);
  const framed = (ids: readonly number[], at: number) => ids.map((id) => ({ id, start: at, end: at }));
  const { front, back } = parts.frame;
  return {
    ...vocabulary,
    named: parts.named,
    frame: parts.frame,
    encode: (text) =>
      [...framed(front, 0), ...place(text), ...framed(back, text.length)].map(({ id, start, end }) => ({
        ...vocabulary.token(id),
        start,
        end
      })),
    decode: decoder(parts, pieces.pieces),
    pieces: () => pieces
  };
}

/** Text to ids with their places, without what is put around it. */
function encoder(parts: TokenizerParts): (text: string) => PlacedId[] {
  const normalize = normalizer(parts.normalizer);
  const isNormalized = (token: AddedToken) => token.normalized;
  const plain = new Map([...parts.added].filter(([, token]) => !isNormalized(token)));
  const normal = [...parts.added].filter(([, token]) => isNormalized(token));
  const inText = addedTokenSplitter(plain);
  const inNormalized = addedTokenSplitter(
    new Map(normal.map(([id, token]) => [id, { ...token, content: normalize(token.content) }]))
  );
  const [words, merge] = [preTokenizer(parts.pre_tokenizer), wordModel(parts.model)];
  return (text) =>
    inText(text).flatMap(({ id, start, end }) => {
      if (id !== null) return [{ id, start, end }];
      const part = changeAligned(alignedPart(text, start, end), normalize);
      return inNormalized(part.text).flatMap((piece) => {
        const own = sliceAligned(part, piece.start, piece.end);
        return piece.id === null ? words(own).flatMap(merge) : [wholeOf(piece.id, own)];
      });
    });
}

function wholeOf(id: number, { starts, ends }: AlignedText): PlacedId {
  return { id, start: starts[0], end: ends.at(-1)! };
}

/** The pieces by id. Where two tokens have one id, the added one is shown. */
function piecesOf({ model, added, decoder: json }: TokenizerParts): Pieces {
  const pieces: (string | null)[] = [];
  for (const [piece, id] of model.vocab) pieces[id] = piece;
  for (const [id, { content }] of added) pieces[id] = content;
  return {
    pieces: Array.from(pieces, (piece) => piece ?? null),
    names: [...added.keys()],
    specials: [...added].filter(([, { special }]) => special).map(([id]) => id),
    byteLevel: isRecord(json) && json.type === 'ByteLevel'
  };
}

/** The library knows how the parts of a tokenizer.json work that are not GPT-2's. */
function library(json: { normalizer?: unknown; decoder?: unknown }): Tokenizer {
  try {
    const model = { type: 'BPE', vocab: {}, merges: [] };
    const none = { normalizer: null, pre_tokenizer: null, post_processor: null, decoder: null };
    return new Tokenizer({ added_tokens: [], ...none, model, ...json }, {});
  } catch (error) {
    return refuse('tokenizerJson', 'of parts that are known here', `"${(error as Error).message}"`);
  }
}

function normalizer(json: unknown): (text: string) => string {
  const own = json === null || json === undefined ? null : library({ normalizer: json }).normalizer;
  return own ? (text) => own.normalize(text) : (text) => text;
}

/** Bytes are joined; a tokenizer without decoder puts a space between its words. */
function decoder(
  { added, decoder: json }: TokenizerParts,
  pieces: readonly (string | null)[]
): Gpt2Tokenizer['decode'] {
  const piecesOfIds = (ids: readonly number[]) => ids.flatMap((id) => pieces[id] ?? []);
  if (json === null || json === undefined) return (ids) => piecesOfIds(ids).join(' ');
  if (isRecord(json) && json.type === 'ByteLevel') {
    const bytes = (piece: string) => (isBytePiece(piece) ? pieceToBytes(piece) : textToBytes(piece));
    return (ids) => bytesToText(joinBytes(piecesOfIds(ids).map(bytes)));
  }
  const own = library({ decoder: json }).decoder;
  const names = new Set([...added.values()].map(({ content }) => content));
  return (ids) =>
    own
      ? own.decode(piecesOfIds(ids))
      : piecesOfIds(ids)
          .filter((p) => !names.has(p))
          .join(' ');
}
