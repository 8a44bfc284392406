/**
 * Reads and checks the files that describe GPT-2's tokenizer: vocab.json with merges.txt, or one tokenizer.json.
 * What passes can encode every text without losing a byte.
 */
import { bytesToUnicode, isBytePiece } from './byte-pieces.ts';
import { TokenizerError, mustBe } from '../errors.ts';

/** The contents of a model folder's tokenizer files; vocab and tokenizerJson as parsed JSON. */
export type TokenizerFiles = { vocab: unknown; merges: string } | { tokenizerJson: unknown };

export interface TokenizerParts {
  /** Byte-level piece by id; of a special token, its name. */
  readonly pieces: readonly string[];
  /** Id by piece. */
  readonly vocab: Readonly<Record<string, number>>;
  /** Pairs of pieces to join, most important first. */
  readonly merges: readonly (readonly [string, string])[];
  /** Ids matched by name before anything else, `<|endoftext|>` among them. */
  readonly specials: readonly number[];
  readonly endOfText: number;
}

export const END_OF_TEXT = '<|endoftext|>';

type Entries = Map<string, number>;
const VOCAB_ADVICE =
  "Use the vocab.json of Hugging Face's gpt2, or of a model trained with the same tokenizer.";
const MERGES_ADVICE = 'Use the merges.txt that belongs to this vocab.json.';
const JSON_ADVICE = 'Use vocab.json and merges.txt instead, or a GPT-2 tokenizer.json.';

function refuse(argument: string, expected: string, actual: unknown, advice: string): never {
  throw new TokenizerError(mustBe(`createTokenizer: ${argument}`, expected, actual, advice));
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `${typeof value} ${JSON.stringify(value)}`;
}

/**
 * Checks a tokenizer's files and takes them apart.
 *
 * Throws: TokenizerError that names the first entry which cannot be used.
 */
export function readTokenizerFiles(files: TokenizerFiles): TokenizerParts {
  const fromJson = 'tokenizerJson' in files;
  const { vocab, merges, added } = fromJson
    ? readTokenizerJson(files.tokenizerJson)
    : {
        vocab: readVocab('vocab', files.vocab),
        merges: readMerges(files.merges),
        added: new Map<string, number>()
      };

  for (const [name, id] of added) {
    if (vocab.has(name) && vocab.get(name) !== id) {
      refuse(`added token ${name}`, `id ${vocab.get(name)} as in vocab`, id, JSON_ADVICE);
    }
    vocab.set(name, id);
  }
  const endOfText = vocab.get(END_OF_TEXT);
  if (endOfText === undefined) refuse('vocab', `one with ${END_OF_TEXT}`, 'none', VOCAB_ADVICE);

  const pieces = piecesById(vocab);
  const specials = [...new Set([endOfText, ...added.values()])].sort((a, b) => a - b);
  checkPieces(vocab, new Set(specials));
  checkMerges(vocab, merges);
  const ids = fromJson ? Object.fromEntries(vocab) : (files.vocab as Record<string, number>); // checked above
  return { pieces, vocab: ids, merges, specials, endOfText };
}

function readVocab(argument: string, vocab: unknown): Entries {
  if (!isRecord(vocab)) refuse(argument, 'an object of piece: id', kindOf(vocab), VOCAB_ADVICE);
  const entries: Entries = new Map();
  for (const piece of Object.keys(vocab)) {
    const id = vocab[piece]; // Object.entries would make 50,000 arrays
    if (typeof id !== 'number' || !Number.isInteger(id) || id < 0) {
      refuse(`${argument}[${JSON.stringify(piece)}]`, 'an integer from 0', kindOf(id), VOCAB_ADVICE);
    }
    entries.set(piece, id);
  }
  return entries;
}

/** The pieces in order of id: ids 0 to n - 1, each once. */
function piecesById(vocab: Entries): string[] {
  const pieces = new Array<string | undefined>(vocab.size).fill(undefined);
  for (const [piece, id] of vocab) {
    if (id >= pieces.length) {
      const last = pieces.length - 1;
      refuse(`vocab[${JSON.stringify(piece)}]`, `at most ${last}, without gaps`, id, VOCAB_ADVICE);
    }
    if (pieces[id] !== undefined) {
      const both = `${id} for ${JSON.stringify(pieces[id])} and ${JSON.stringify(piece)}`;
      refuse('vocab', 'one id per piece', both, VOCAB_ADVICE);
    }
    pieces[id] = piece;
  }
  return pieces as string[]; // vocab.size different ids below vocab.size: every place is filled
}

/** Every single byte has an id, and every piece that is not a name is spelled in byte characters. */
function checkPieces(vocab: Entries, specials: ReadonlySet<number>): void {
  for (const character of bytesToUnicode()) {
    if (!vocab.has(character)) {
      refuse('vocab', 'one with all 256 single bytes', `none for ${JSON.stringify(character)}`, VOCAB_ADVICE);
    }
  }
  for (const [piece, id] of vocab) {
    if (!specials.has(id) && !isBytePiece(piece)) {
      refuse(`vocab piece ${id}`, "made of GPT-2's 256 byte characters", JSON.stringify(piece), VOCAB_ADVICE);
    }
  }
}

function readMerges(merges: unknown): [string, string][] {
  if (typeof merges !== 'string') refuse('merges', 'the text of merges.txt', kindOf(merges), MERGES_ADVICE);
  const pairs: [string, string][] = [];
  merges.split(/\r?\n/).forEach((line, index) => {
    const header = index === 0 && line.startsWith('#version');
    if (line !== '' && !header) pairs.push(readMerge(line, index + 1));
  });
  return pairs;
}

function readMerge(line: string, number: number): [string, string] {
  const space = line.indexOf(' ');
  const isPair = space > 0 && space < line.length - 1 && !line.includes(' ', space + 1);
  if (isPair) return [line.slice(0, space), line.slice(space + 1)];
  return readPair(`merges line ${number}`, line.split(' ')); // says what is wrong
}

function readPair(where: string, pair: unknown): [string, string] {
  if (
    !Array.isArray(pair) ||
    pair.length !== 2 ||
    pair.some((part) => typeof part !== 'string' || part === '')
  ) {
    refuse(where, 'two pieces with one space between', JSON.stringify(pair), MERGES_ADVICE);
  }
  return [pair[0], pair[1]];
}

function checkMerges(vocab: Entries, merges: readonly (readonly [string, string])[]): void {
  merges.forEach(([left, right], rank) => {
    if (vocab.has(left) && vocab.has(right) && vocab.has(left + right)) return;
    const missing = [left, right, left + right].find((piece) => !vocab.has(piece));
    refuse(`merge ${rank}`, 'made of pieces of vocab', JSON.stringify(missing), MERGES_ADVICE);
  });
}

function readTokenizerJson(json: unknown): { vocab: Entries; merges: [string, string][]; added: Entries } {
  if (!isRecord(json)) refuse('tokenizerJson', 'an object', kindOf(json), JSON_ADVICE);
  const { model, normalizer, pre_tokenizer } = json;
  if (!isRecord(model) || model.type !== 'BPE') {
    refuse('tokenizerJson.model.type', 'BPE', isRecord(model) ? model.type : kindOf(model), JSON_ADVICE);
  }
  if (normalizer !== null && normalizer !== undefined) {
    refuse('tokenizerJson.normalizer', 'null', kindOf(normalizer), JSON_ADVICE);
  }
  if (!isRecord(pre_tokenizer) || pre_tokenizer.type !== 'ByteLevel' || pre_tokenizer.use_regex === false) {
    refuse('tokenizerJson.pre_tokenizer', "GPT-2's ByteLevel", JSON.stringify(pre_tokenizer), JSON_ADVICE);
  }
  if (pre_tokenizer.add_prefix_space === true) {
    refuse('tokenizerJson.pre_tokenizer.add_prefix_space', 'false', true, JSON_ADVICE);
  }
  if (!Array.isArray(model.merges)) {
    refuse('tokenizerJson.model.merges', 'an array', kindOf(model.merges), JSON_ADVICE);
  }
  const merges = model.merges.map((merge: unknown, rank) =>
    readPair(`merge ${rank}`, typeof merge === 'string' ? merge.split(' ') : merge)
  );
  return {
    vocab: readVocab('tokenizerJson.model.vocab', model.vocab),
    merges,
    added: readAdded(json.added_tokens)
  };
}

/** Names of special tokens with their ids. A name that would swallow the spaces around it is refused: tokens must cover the text. */
function readAdded(added: unknown): Entries {
  if (!Array.isArray(added)) refuse('tokenizerJson.added_tokens', 'an array', kindOf(added), JSON_ADVICE);
  const entries: Entries = new Map();
  for (const token of added as unknown[]) {
    if (!isRecord(token) || typeof token.content !== 'string' || token.content === '') {
      refuse('added token', 'an object with content and id', JSON.stringify(token), JSON_ADVICE);
    }
    const { content, id } = token;
    if (typeof id !== 'number' || !Number.isInteger(id) || id < 0) {
      refuse(`added token ${content}`, 'one with an integer id', kindOf(id), JSON_ADVICE);
    }
    const unusual = ['lstrip', 'rstrip', 'single_word'].find((flag) => token[flag] === true);
    if (unusual) refuse(`added token ${content}: ${unusual}`, 'false', true, JSON_ADVICE);
    entries.set(content, id);
  }
  return entries;
}
