/** Reads and checks vocabularies, merges and added tokens as a tokenizer's files spell them. */
import type { AddedToken } from './added-tokens.ts';
import { isRecord, kindOf, refuse } from './refuse.ts';

type Vocab = Map<string, number>;
type Merge = [string, string];

const MERGES_ADVICE = 'Use the merges that belong to this vocabulary.';

/**
 * Ids by piece: an object, or in a tokenizer.json also a list in the order of ids. Ids may have gaps; two pieces may not share one.
 *
 * Throws: TokenizerError that names the entry.
 */
export function readVocab(argument: string, vocab: unknown): Vocab {
  const entries: Vocab = new Map();
  if (Array.isArray(vocab) && argument !== 'vocab') {
    vocab.forEach((entry: unknown, id) => {
      const piece: unknown = Array.isArray(entry) ? entry[0] : entry;
      if (typeof piece !== 'string') refuse(`${argument}[${id}]`, 'a piece', kindOf(piece));
      entries.set(piece, id);
    });
    return entries;
  }
  if (!isRecord(vocab)) refuse(argument, 'an object of piece: id', kindOf(vocab));
  const pieceOf = new Map<number, string>();
  for (const piece of Object.keys(vocab)) {
    const id = vocab[piece]; // Object.entries would make 50,000 arrays
    if (typeof id !== 'number' || !Number.isInteger(id) || id < 0) {
      refuse(`${argument}[${JSON.stringify(piece)}]`, 'an integer from 0', kindOf(id));
    }
    const other = pieceOf.get(id);
    if (other !== undefined) {
      refuse('vocab', 'one id per piece', `${id} for ${JSON.stringify(other)} and ${JSON.stringify(piece)}`);
    }
    pieceOf.set(id, piece);
    entries.set(piece, id);
  }
  return entries;
}

/** The text of merges.txt.  Throws: TokenizerError that names the line or the merge. */
export function readMergesText(merges: unknown, vocab: Vocab): Merge[] {
  if (typeof merges !== 'string') refuse('merges', 'the text of merges.txt', kindOf(merges), MERGES_ADVICE);
  const pairs: Merge[] = [];
  merges.split(/\r?\n/).forEach((line, index) => {
    if (line !== '' && !line.startsWith('#version')) pairs.push(readLine(line, index + 1));
  });
  checkMerges(vocab, pairs);
  return pairs;
}

function readLine(line: string, number: number): Merge {
  const space = line.indexOf(' ');
  const isPair = space > 0 && space < line.length - 1 && !line.includes(' ', space + 1);
  if (isPair) return [line.slice(0, space), line.slice(space + 1)];
  return readPair(`merges line ${number}`, line.split(' ')); // says what is wrong
}

/** A tokenizer.json's list of merges, in both spellings.  Throws: TokenizerError that names the merge. */
export function readMerges(merges: unknown, vocab: Vocab): Merge[] {
  if (!Array.isArray(merges)) refuse('tokenizerJson.model.merges', 'an array', kindOf(merges), MERGES_ADVICE);
  const pairs = merges.map((merge: unknown, rank) =>
    readPair(`merge ${rank}`, typeof merge === 'string' ? merge.split(' ') : merge)
  );
  checkMerges(vocab, pairs);
  return pairs;
}

function readPair(where: string, pair: unknown): Merge {
  if (
    !Array.isArray(pair) ||
    pair.length !== 2 ||
    pair.some((part) => typeof part !== 'string' || part === '')
  ) {
    refuse(where, 'two pieces with one space between', JSON.stringify(pair), MERGES_ADVICE);
  }
  return [pair[0], pair[1]];
}

function checkMerges(vocab: Vocab, merges: readonly Merge[]): void {
  merges.forEach(([left, right], rank) => {
    if (vocab.has(left) && vocab.has(right) && vocab.has(left + right)) return;
    const missing = [left, right, left + right].find((piece) => !vocab.has(piece));
    refuse(`merge ${rank}`, 'made of pieces of vocab', JSON.stringify(missing), MERGES_ADVICE);
  });
}

/** An added token as the files write it; a name that is not said to be special is looked for after normalizing. */
export function readAddedToken(where: string, token: unknown): AddedToken {
  if (!isRecord(token) || typeof token.content !== 'string' || token.content === '') {
    refuse(where, 'an object with content', JSON.stringify(token));
  }
  const { content, single_word, lstrip, rstrip, normalized, special } = token;
  return {
    content,
    single_word: single_word === true,
    lstrip: lstrip === true,
    rstrip: rstrip === true,
    normalized: typeof normalized === 'boolean' ? normalized : special !== true,
    special: special === true
  };
}
