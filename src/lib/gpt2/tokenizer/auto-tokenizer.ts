/**
 * Reads the files that describe a tokenizer as transformers' AutoTokenizer does for a GPT-2. Its class GPT2Tokenizer takes
 * vocabulary, merges, added tokens and template from the files and the rest from GPT-2; another tokenizer_class takes
 * tokenizer.json as it is.
 *
 * Source: transformers 5.23, tokenization_utils_base.py, tokenization_utils_tokenizers.py, models/gpt2/tokenization_gpt2.py.
 */
import { AddedTokens, type AddedToken } from './added-tokens.ts';
import { readAddedToken, readMerges, readMergesText, readVocab } from './files.ts';
import { isRecord, kindOf, refuse } from './refuse.ts';
import { frame, frontAndBack, type Frame } from './template.ts';
import type { BpeModel, WordModel } from './word-model.ts';

/** The contents of a model folder's tokenizer files; all but `merges` as parsed JSON. */
export type TokenizerFiles = ({ vocab: unknown; merges: string } | { tokenizerJson: unknown }) & {
  /** tokenizer_config.json */
  readonly tokenizerConfig?: unknown;
  /** special_tokens_map.json */
  readonly specialTokensMap?: unknown;
  /** added_tokens.json */
  readonly addedTokens?: unknown;
};

/** The special tokens that have a part of their own. */
export const SPECIAL_NAMES = [
  'bos_token',
  'eos_token',
  'unk_token',
  'sep_token',
  'pad_token',
  'cls_token',
  'mask_token'
] as const;
export type SpecialName = (typeof SPECIAL_NAMES)[number];

/** Everything that encoding and decoding need. */
export interface TokenizerParts {
  readonly model: BpeModel | WordModel;
  /** Tokens that are matched by name, by id; wherever the vocabulary ends. */
  readonly added: ReadonlyMap<number, AddedToken>;
  /** As in tokenizer.json; GPT-2's own pre-tokenizer is 'gpt2'. */
  readonly normalizer: unknown;
  readonly pre_tokenizer: unknown;
  readonly decoder: unknown;
  /** Ids that a text gets in front and at its end. */
  readonly frame: Frame;
  /** Ids of the named special tokens, those that the tokenizer has. */
  readonly named: Readonly<Partial<Record<SpecialName, number>>>;
}

export const END_OF_TEXT = '<|endoftext|>';
const GPT2_CLASS = 'GPT2Tokenizer';
/** Classes that take tokenizer.json as it is. */
const AS_IT_IS = ['PreTrainedTokenizer', 'TokenizersBackend', 'PythonBackend'];

type Json = Record<string, unknown>;

/**
 * Checks a tokenizer's files and takes them apart.
 *
 * Throws: TokenizerError that names the first entry which cannot be used.
 */
export function readTokenizer(files: TokenizerFiles): TokenizerParts {
  const settings = record('tokenizer_config.json', files.tokenizerConfig);
  const className = String(settings.tokenizer_class ?? GPT2_CLASS).replace(/Fast$/, '');
  const json = 'tokenizerJson' in files ? record('tokenizerJson', files.tokenizerJson) : null;
  if (className === GPT2_CLASS) return gpt2Tokenizer(files, json, settings);
  if (json) return tokenizerAsItIs(json, files, settings);
  const advice = AS_IT_IS.includes(className)
    ? 'This class needs a tokenizer.json.'
    : 'Save it with a tokenizer.json: AutoTokenizer.from_pretrained("DIR").save_pretrained("OUT").';
  return refuse('tokenizer_class', GPT2_CLASS, JSON.stringify(settings.tokenizer_class), advice);
}

/** GPT-2's tokenizer with the files' vocabulary. A tokenizer.json's own normalizer and pre-tokenizer count for nothing. */
function gpt2Tokenizer(files: TokenizerFiles, json: Json | null, settings: Json): TokenizerParts {
  const model = json ? record('tokenizerJson.model', json.model) : null;
  const vocab =
    'vocab' in files ? readVocab('vocab', files.vocab) : readVocab('tokenizerJson.model.vocab', model!.vocab);
  const merges =
    'vocab' in files ? readMergesText(files.merges, vocab) : readMerges(model!.merges ?? [], vocab);
  const declared = readDeclared(files, json, settings);
  const defaults = { bos_token: END_OF_TEXT, eos_token: END_OF_TEXT, unk_token: END_OF_TEXT };
  const added = new AddedTokens(vocab);
  const named = addAll(added, declared, { ...defaults, ...declared.named });
  const { bos_token, eos_token } = named;
  const own = { front: json ? null : bos_token, back: json ? null : eos_token };
  return {
    model: { ...PLAIN_BPE, vocab, merges },
    added: added.byId,
    normalizer: null,
    pre_tokenizer: { type: 'ByteLevel', add_prefix_space: settings.add_prefix_space === true },
    decoder: { type: 'ByteLevel' },
    frame: json
      ? frontAndBack(json.post_processor)
      : frame(settings.add_bos_token === true && own.front, settings.add_eos_token === true && own.back),
    named
  };
}

const PLAIN_BPE = {
  type: 'BPE',
  unk_token: null,
  fuse_unk: false,
  byte_fallback: false,
  ignore_merges: false
} as const;

function tokenizerAsItIs(json: Json, files: TokenizerFiles, settings: Json): TokenizerParts {
  const model = readModel(record('tokenizerJson.model', json.model));
  const declared = readDeclared(files, json, settings);
  const added = new AddedTokens(model.vocab);
  for (const token of readAddedList(json.added_tokens)) added.add(token);
  const named = addAll(added, declared, declared.named);
  const { normalizer, pre_tokenizer, decoder } = json;
  const own = frontAndBack(json.post_processor);
  return { model, added: added.byId, normalizer, pre_tokenizer, decoder, frame: own, named };
}

function readModel(json: Json): BpeModel | WordModel {
  const unk_token = typeof json.unk_token === 'string' ? json.unk_token : null;
  const vocab = readVocab('tokenizerJson.model.vocab', json.vocab);
  if (json.type === 'WordLevel') return { type: 'WordLevel', vocab, unk_token };
  const isBpe = json.type === 'BPE' || (json.type === undefined && Array.isArray(json.merges));
  if (!isBpe) refuse('tokenizerJson.model.type', 'BPE or WordLevel', String(json.type));
  for (const field of ['continuing_subword_prefix', 'end_of_word_suffix', 'dropout']) {
    if (json[field]) refuse(`tokenizerJson.model.${field}`, 'empty', JSON.stringify(json[field]));
  }
  return {
    type: 'BPE',
    vocab,
    merges: readMerges(json.merges, vocab),
    unk_token,
    fuse_unk: json.fuse_unk === true,
    byte_fallback: json.byte_fallback === true,
    ignore_merges: json.ignore_merges === true
  };
}

/** What the files say of tokens beside the vocabulary. */
interface Declared {
  /** In the order of the ids that the files give them. */
  readonly tokens: readonly AddedToken[];
  /** The named ones; null where a file says that there is none. */
  readonly named: Readonly<Partial<Record<SpecialName, AddedToken | string | null>>>;
  /** Special without a part of their own. */
  readonly extra: readonly (AddedToken | string)[];
}

/** Where tokenizer_config.json lists the added tokens, the older files are not read. */
function readDeclared(files: TokenizerFiles, json: Json | null, settings: Json): Declared {
  const all = { ...settings };
  const listed = settings.added_tokens_decoder;
  if (listed === undefined) Object.assign(all, record('special_tokens_map.json', files.specialTokensMap));
  const named: Partial<Record<SpecialName, AddedToken | string | null>> = {};
  for (const name of SPECIAL_NAMES) {
    if (name in all) named[name] = all[name] === null ? null : readSpecial(name, all[name]);
  }
  const extra = readExtra(all);
  const tokens =
    listed !== undefined ? readDecoder(listed) : readLegacy(files, json, specialContents(named, extra));
  const byContent = new Map(tokens.map((token) => [token.content, token]));
  for (const name of SPECIAL_NAMES) {
    const token = named[name];
    if (token) named[name] = byContent.get(contentOf(token)) ?? token;
  }
  return { tokens, named, extra };
}

function specialContents(named: Declared['named'], extra: Declared['extra']): Set<string> {
  return new Set([...Object.values(named), ...extra].flatMap((token) => (token ? [contentOf(token)] : [])));
}

/** `additional_special_tokens`, which newer files call `extra_special_tokens`, and fields as `image_token`. */
function readExtra(all: Json): (AddedToken | string)[] {
  const given = all.extra_special_tokens ?? all.additional_special_tokens;
  const list = Array.isArray(given) ? given : isRecord(given) ? Object.values(given) : [];
  const own = Object.entries(all).filter(
    ([name, value]) =>
      name.endsWith('_token') &&
      !(SPECIAL_NAMES as readonly string[]).includes(name) &&
      typeof value === 'string'
  );
  return [...own.map(([, value]) => value), ...list].map((token) =>
    readSpecial('extra_special_tokens', token)
  );
}

/** tokenizer_config.json's added_tokens_decoder: tokens by id. */
function readDecoder(listed: unknown): AddedToken[] {
  const entries = Object.entries(record('added_tokens_decoder', listed));
  return entries
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([id, token]) => readAddedToken(`added_tokens_decoder[${id}]`, token));
}

/** added_tokens.json, and the added tokens of a tokenizer.json. */
function readLegacy(files: TokenizerFiles, json: Json | null, specials: ReadonlySet<string>): AddedToken[] {
  const byId = new Map<number, AddedToken>();
  for (const [content, id] of Object.entries(record('added_tokens.json', files.addedTokens))) {
    const special = specials.has(content);
    if (typeof id !== 'number') refuse(`added_tokens.json[${JSON.stringify(content)}]`, 'an id', kindOf(id));
    byId.set(id, {
      content,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: !special,
      special
    });
  }
  if (json) {
    for (const token of addedList(json.added_tokens)) {
      byId.set(token.id as number, readAddedToken('added token', token));
    }
  }
  return [...byId].sort(([a], [b]) => a - b).map(([, token]) => token);
}

const readAddedList = (json: unknown) => addedList(json).map((token) => readAddedToken('added token', token));

function addedList(json: unknown): Json[] {
  if (json === undefined || json === null) return [];
  if (!Array.isArray(json)) refuse('tokenizerJson.added_tokens', 'an array', kindOf(json));
  const list = json as unknown[];
  const wrong = list.find((token) => !isRecord(token) || !Number.isInteger(token.id));
  if (wrong !== undefined)
    refuse('added token', 'an object with content and an integer id', JSON.stringify(wrong));
  return list as Json[];
}

/** Gives every token its id, and says which ids the named ones have. */
function addAll(
  added: AddedTokens,
  { tokens, extra }: Declared,
  named: Declared['named']
): TokenizerParts['named'] {
  const isNamed = specialContents(named, []);
  for (const token of tokens) added.add(isNamed.has(token.content) ? { ...token, special: true } : token);
  const contents = new Set(tokens.map(({ content }) => content));
  for (const token of [...SPECIAL_NAMES.map((name) => named[name]), ...extra]) {
    if (!token || contents.has(contentOf(token))) continue;
    contents.add(contentOf(token));
    added.add(typeof token === 'string' ? specialToken(token) : { ...token, special: true });
  }
  const ids = SPECIAL_NAMES.flatMap((name) => {
    const token = named[name];
    const id = token ? added.idOf(contentOf(token)) : null;
    return id === null ? [] : [[name, id] as const];
  });
  return Object.fromEntries(ids);
}

const contentOf = (token: AddedToken | string) => (typeof token === 'string' ? token : token.content);

function specialToken(content: string): AddedToken {
  return { content, single_word: false, lstrip: false, rstrip: false, normalized: false, special: true };
}

/** A special token is written as its name or as an object. */
function readSpecial(field: string, value: unknown): AddedToken | string {
  return typeof value === 'string' ? value : { ...readAddedToken(field, value), special: true };
}

function record(file: string, json: unknown): Json {
  if (json === undefined || json === null) return {};
  if (!isRecord(json)) refuse(file, 'an object', kindOf(json));
  return json;
}
