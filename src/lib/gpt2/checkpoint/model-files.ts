/**
 * Reads a model folder in Hugging Face's layout, wherever its files come from: a server, a disk, a drop on the page.
 */
import { bytesSource, type ByteSource } from './byte-source.ts';
import { collectingSink, streamCheckpoint, type RawWeights, type WeightFiles } from './checkpoint.ts';
import { withGenerationConfig, type GenerationConfig } from '../model/generation-config.ts';
import { parseConfig, type Gpt2Config } from '../model/config.ts';
import { ModelFileError, mustBe, TransferError } from '../errors.ts';
import { OTHER_WEIGHTS, shardsOf, WEIGHTS, WEIGHTS_INDEX } from './weight-files.ts';
import { parsePythonJson } from './python-json.ts';
import type { WeightSink } from './tensor-feed.ts';
import { elementCount } from './weight-spec.ts';
import type { TokenizerFiles } from '../tokenizer/auto-tokenizer.ts';

/** A model folder: gives the bytes of a file by its name, and rejects where there is none. */
export interface ModelFiles {
  read(name: string): Promise<Uint8Array>;
  /** The weights as a stream; a folder without this is read whole. */
  open?(name: string): Promise<ByteSource>;
  /** Every file of the folder; absent or null where nobody knows them. Then files that need not be there are tried. */
  names?(): Promise<readonly string[] | null>;
}

/** What config.json holds, fields that the computation does not need included. */
export type ConfigFile = Readonly<Record<string, unknown>>;

/** The contents of a model folder's tokenizer files by name, not looked into: they can go to another thread. */
export type TokenizerBytes = Readonly<Partial<Record<TokenizerFile, Uint8Array>>>;

/** A model folder without its weights: checked sizes, and the tokenizer's files as they are. */
export interface ModelHead {
  config: Gpt2Config;
  /** config.json as it is. */
  configFile: ConfigFile;
  /** What generation_config.json says; null where there is none. */
  generationConfig: GenerationConfig | null;
  tokenizerBytes: TokenizerBytes;
}

/** A model folder, read: checked sizes, checked parameters, and the tokenizer's files, parsed. */
export interface ModelFolder extends Omit<ModelHead, 'tokenizerBytes'> {
  weights: RawWeights;
  tokenizerFiles: TokenizerFiles;
}

const CONFIG = 'config.json';
const GENERATION = 'generation_config.json';
const VOCAB = 'vocab.json';
const MERGES = 'merges.txt';
const TOKENIZER = 'tokenizer.json';
/** What stands beside the vocabulary: tokens that were added, and how a text is begun. */
const BESIDE = ['tokenizer_config.json', 'special_tokens_map.json', 'added_tokens.json'] as const;

export type TokenizerFile = typeof VOCAB | typeof MERGES | typeof TOKENIZER | (typeof BESIDE)[number];

/** What most folders hold and every source knows; `filesToRead` says what is read of a given folder. */
export const MODEL_FILES: readonly string[] = [CONFIG, VOCAB, MERGES, WEIGHTS];
/** Every file that is read where it is there, shards of the weights aside. */
export const READABLE_FILES: readonly string[] = [
  CONFIG,
  GENERATION,
  TOKENIZER,
  VOCAB,
  MERGES,
  ...BESIDE,
  WEIGHTS,
  WEIGHTS_INDEX
];

/** Of a folder with these files, those that loading reads. */
export function filesToRead(names: readonly string[]): string[] {
  const has = (name: string) => names.includes(name);
  const [unread, weights] = [has(TOKENIZER) ? [VOCAB, MERGES] : [], has(WEIGHTS) ? WEIGHTS_INDEX : WEIGHTS];
  const isShard = (name: string) => !has(WEIGHTS) && /-\d{5}-of-\d{5}\.safetensors$/.test(name);
  return names.filter(
    (name) => (READABLE_FILES.includes(name) && !unread.includes(name) && name !== weights) || isShard(name)
  );
}

/**
 * Reads config.json, then the tokenizer's files, then the weights: a folder that cannot be used fails before the
 * large file is read.
 *
 * Throws: ModelFileError (a file is missing or not readable), ConfigError, WeightsError.
 */
export async function readModelFolder(files: ModelFiles): Promise<ModelFolder> {
  const { tokenizerBytes, ...head } = await readModelHead(files);
  const tokenizerFiles = parseTokenizerFiles(tokenizerBytes);
  const weights: RawWeights = new Map();
  await streamWeights(files, head.config, collectingSink(weights));
  return { ...head, tokenizerFiles, weights };
}

/**
 * Reads and checks everything as `readModelFolder` does, and keeps nothing of it.
 *
 * Memory: one tensor at a time.
 * Throws: as readModelFolder.
 */
export async function checkModel(files: ModelFiles, signal?: AbortSignal): Promise<void> {
  const { config, tokenizerBytes } = await readModelHead(files);
  parseTokenizerFiles(tokenizerBytes);
  const sink: WeightSink = (_, shape) => {
    const values = new Float32Array(elementCount(shape));
    return { values: () => values, done: () => {} };
  };
  await streamWeights(files, config, sink, signal);
}

/** Everything but the weights.  Throws: ModelFileError (a file is missing, or config.json is not JSON), ConfigError. */
export async function readModelHead(files: ModelFiles): Promise<ModelHead> {
  const configFile = (await readJson(files, CONFIG)) as ConfigFile;
  const own = parseConfig(configFile);
  const [generation, tokenizerBytes] = await Promise.all([
    readIfThere(files, GENERATION),
    findTokenizerFiles(files)
  ]);
  const json = generation && parseJson(GENERATION, generation);
  const { config, generationConfig } = withGenerationConfig(own, json);
  return { config, configFile, generationConfig, tokenizerBytes };
}

/**
 * The weights, tensor by tensor as they arrive: of model.safetensors, or of the shards that
 * model.safetensors.index.json lists. Returns the names of the tensors that were left out.
 *
 * Throws: as readModelFolder; the signal's reason once aborted.
 */
export async function streamWeights(
  files: ModelFiles,
  config: Gpt2Config,
  sink: WeightSink,
  signal?: AbortSignal
): Promise<readonly string[]> {
  const open = (name: string) =>
    readFile(name, async () => (files.open ? files.open(name) : bytesSource(await files.read(name))));
  return streamCheckpoint(config, await findWeights(files, open), sink, signal);
}

async function findWeights(
  files: ModelFiles,
  open: (name: string) => Promise<ByteSource>
): Promise<WeightFiles> {
  const names = (await files.names?.()) ?? null;
  const shards = async () => {
    const index = await readIfThere(files, WEIGHTS_INDEX);
    return (
      index && shardsOf(parseJson(WEIGHTS_INDEX, index)).map((name) => ({ name, open: () => open(name) }))
    );
  };
  if (names && !names.includes(WEIGHTS)) {
    const found = await shards();
    if (found) return found;
    const other = OTHER_WEIGHTS.find(({ file }) => names.some((name) => file.test(name)));
    if (other) throw new ModelFileError(otherWeights(other));
  }
  const single = { name: WEIGHTS, open: () => open(WEIGHTS) };
  if (names) return [single];
  try {
    const source = await single.open();
    return [{ name: WEIGHTS, open: () => Promise.resolve(source) }];
  } catch (error) {
    const found =
      error instanceof ModelFileError && !(error instanceof TransferError) ? await shards() : null;
    if (found) return found;
    throw error;
  }
}

function otherWeights({ name, command }: (typeof OTHER_WEIGHTS)[number]): string {
  return mustBe('readModelFolder: model folder', `one with ${WEIGHTS}`, `${name} alone`, command);
}

/**
 * The files that AutoTokenizer reads: tokenizer.json where it is there, else vocab.json and merges.txt, and what stands
 * beside them.
 *
 * Throws: ModelFileError if neither is there.
 */
export async function findTokenizerFiles(files: ModelFiles): Promise<TokenizerBytes> {
  const found: Partial<Record<TokenizerFile, Uint8Array>> = {};
  const take = async (name: TokenizerFile) => {
    const bytes = await readIfThere(files, name);
    if (bytes) found[name] = bytes;
  };
  await Promise.all([TOKENIZER, ...BESIDE].map((name) => take(name as TokenizerFile)));
  if (found[TOKENIZER]) return found;
  await Promise.all([take(VOCAB), take(MERGES)]);
  if (found[VOCAB] && found[MERGES]) return found;
  const alone = [VOCAB, MERGES].find((name) => found[name as TokenizerFile]);
  const expected = `there with ${VOCAB} and ${MERGES}, or with ${TOKENIZER}`;
  const advice = "Add them from the model's page; GPT-2's own fit every model with its vocabulary.";
  const actual = alone ? `${alone} alone` : 'none of them';
  throw new ModelFileError(mustBe('findTokenizerFiles: model folder', expected, actual, advice));
}

/** What `findTokenizerFiles` found, for `createTokenizer`.  Throws: ModelFileError if it is not UTF-8 or not JSON. */
export function parseTokenizerFiles(bytes: TokenizerBytes): TokenizerFiles {
  const json = (name: TokenizerFile) => (bytes[name] ? parseJson(name, bytes[name]) : undefined);
  const beside = {
    tokenizerConfig: json('tokenizer_config.json'),
    specialTokensMap: json('special_tokens_map.json'),
    addedTokens: json('added_tokens.json')
  };
  const given = Object.fromEntries(Object.entries(beside).filter(([, value]) => value !== undefined));
  if (bytes[TOKENIZER]) return { tokenizerJson: json(TOKENIZER), ...given };
  return { vocab: json(VOCAB), merges: decodeText(MERGES, bytes[MERGES]!), ...given };
}

/**
 * A JSON file of the folder, parsed; Python's NaN and Infinity are numbers.
 *
 * Throws: ModelFileError if it is missing, not UTF-8 or not JSON.
 */
export async function readJson(files: ModelFiles, name: string): Promise<unknown> {
  return parseJson(name, await readBytes(files, name));
}

function readBytes(files: ModelFiles, name: string): Promise<Uint8Array> {
  return readFile(name, () => files.read(name));
}

async function readFile<T>(name: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof ModelFileError || isAbort(error)) throw error;
    const actual = error instanceof Error ? error.message : String(error);
    const advice = 'Put it there or choose another folder.';
    const text = mustBe(`readModelFolder: ${name}`, 'a file of the model folder', `"${actual}"`, advice);
    throw new ModelFileError(text, { cause: error });
  }
}

async function readIfThere(files: ModelFiles, name: string): Promise<Uint8Array | null> {
  const names = await files.names?.();
  if (names && !names.includes(name)) return null;
  try {
    return await readBytes(files, name);
  } catch (error) {
    if (isAbort(error) || error instanceof TransferError) throw error;
    return null;
  }
}

/** A cancelled read is not a missing file: its error goes to the caller as it is. */
function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

function parseJson(name: string, bytes: Uint8Array): unknown {
  const text = decodeText(name, bytes);
  try {
    return parsePythonJson(text);
  } catch (error) {
    const actual = error instanceof Error ? error.message : String(error);
    const message = mustBe(`readModelFolder: ${name}`, 'JSON', `"${actual}"`, 'Download the file again.');
    throw new ModelFileError(message, { cause: error });
  }
}

function decodeText(name: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    const message = mustBe(
      `readModelFolder: ${name}`,
      'UTF-8 text',
      'other bytes',
      'Download the file again.'
    );
    throw new ModelFileError(message, { cause: error });
  }
}
