/**
 * What becomes of a word: pieces of the vocabulary, merged by BPE or looked up whole.
 *
 * Source: huggingface/tokenizers 0.23, models/bpe and models/wordlevel.
 */
import { BPE } from '@huggingface/tokenizers';
import { filterAligned, sliceAligned, type AlignedText } from './aligned-text.ts';
import { TokenizerError, mustBe } from '../errors.ts';

export interface BpeModel {
  readonly type: 'BPE';
  readonly vocab: ReadonlyMap<string, number>;
  /** Pairs of pieces to join, most important first. */
  readonly merges: readonly (readonly [string, string])[];
  /** Stands for a character that the vocabulary lacks; null: such a character is left out. */
  readonly unk_token: string | null;
  readonly fuse_unk: boolean;
  /** A character that the vocabulary lacks becomes the names of its bytes, as <0xE2>. */
  readonly byte_fallback: boolean;
  /** A word of the vocabulary is taken as it is. */
  readonly ignore_merges: boolean;
}

export interface WordModel {
  readonly type: 'WordLevel';
  readonly vocab: ReadonlyMap<string, number>;
  readonly unk_token: string | null;
}

/** A token of a word: its id, and the letters of the prompt that it covers. */
export interface PlacedId {
  readonly id: number;
  readonly start: number;
  readonly end: number;
}

export function wordModel(model: BpeModel | WordModel): (word: AlignedText) => PlacedId[] {
  return model.type === 'BPE' ? bpe(model) : wordLevel(model);
}

function wordLevel({ vocab, unk_token }: WordModel): (word: AlignedText) => PlacedId[] {
  const unknown = unk_token === null ? undefined : vocab.get(unk_token);
  return (word) => {
    const id = vocab.get(word.text) ?? unknown;
    if (id !== undefined) return word.text === '' ? [] : [placed(id, word)];
    const advice = 'Write words that the vocabulary has.';
    throw new TokenizerError(mustBe('encode: word', 'in the vocabulary', JSON.stringify(word.text), advice));
  };
}

function bpe(model: BpeModel): (word: AlignedText) => PlacedId[] {
  const { vocab, unk_token, byte_fallback, ignore_merges } = model;
  const library = new BPE({
    type: 'BPE',
    vocab: Object.fromEntries(vocab),
    merges: model.merges as [string, string][],
    ignore_merges
  } as never);
  const unknown = unk_token === null ? undefined : vocab.get(unk_token);
  const isKept = (letter: string) => vocab.has(letter);
  const leavesOut = unknown === undefined && !byte_fallback;
  return (whole) => {
    const own = ignore_merges ? vocab.get(whole.text) : undefined;
    if (own !== undefined) return [placed(own, whole)];
    const word = leavesOut ? filterAligned(whole, isKept) : whole; // what is left out does not keep its neighbours apart
    const ids: PlacedId[] = [];
    let at = 0;
    let afterUnknown = false;
    for (const piece of library.bpe(word.text)) {
      const part = sliceAligned(word, at, at + piece.length);
      at += piece.length;
      const id = vocab.get(piece);
      const bytes = id === undefined && byte_fallback ? byteNames(piece, vocab) : null;
      if (id !== undefined) ids.push(placed(id, part));
      else if (bytes) ids.push(...bytes.map((byte) => placed(byte, part)));
      else if (unknown !== undefined) {
        const last = ids.at(-1);
        if (model.fuse_unk && afterUnknown && last) ids[ids.length - 1] = { ...last, end: part.ends.at(-1)! };
        else ids.push(placed(unknown, part));
      }
      afterUnknown = id === undefined && !bytes;
    }
    return ids;
  };
}

/** Ids of <0xE2> and its like for a character's bytes; null where the vocabulary lacks one. */
function byteNames(letter: string, vocab: ReadonlyMap<string, number>): number[] | null {
  const names = Array.from(
    new TextEncoder().encode(letter),
    (byte) => `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`
  );
  const ids = names.map((name) => vocab.get(name));
  return ids.every((id) => id !== undefined) ? ids : null;
}

function placed(id: number, { starts, ends }: AlignedText): PlacedId {
  return { id, start: starts[0] ?? 0, end: ends.at(-1) ?? 0 };
}
