/**
 * Reads a model folder in Hugging Face's layout, wherever its files come from: a server, a disk, a drop on the page.
 */
import { bytesSource, type ByteSource } from './byte-source.ts';
import { collectingSink, streamCheckpoint, type RawWeights } from './checkpoint.ts';
import { parseConfig, type Gpt2Config } from '../model/config.ts';
import { ModelFileError, mustBe, TransferError } from '../errors.ts';
import type { WeightSink } from './tensor-feed.ts';
import { elementCount } from './weight-spec.ts';
import type { TokenizerFiles } from '../tokenizer/files.ts';

/** A model folder: gives the bytes of a file by its name, and rejects where there is none. */
export interface ModelFiles {
  read(name: string): Promise<Uint8Array>;
  /** The weights as a stream; a folder without this is read whole. */
  open?(name: string): Promise<ByteSource>;
}

/** What config.json holds, fields that the computation does not need included. */
export type ConfigFile = Readonly<Record<string, unknown>>;

/** The contents of a model folder's tokenizer files, not looked into: they can go to another thread. */
export type TokenizerBytes = { vocab: Uint8Array; merges: Uint8Array } | { tokenizerJson: Uint8Array };

/** A model folder without its weights: checked sizes, and the tokenizer's files as they are. */
export interface ModelHead {
  config: Gpt2Config;
  /** config.json as it is. */
  configFile: ConfigFile;
  tokenizerBytes: TokenizerBytes;
}

/** A model folder, read: checked sizes, checked parameters, and the tokenizer's files, parsed. */
export interface ModelFolder extends Omit<ModelHead, 'tokenizerBytes'> {
  weights: RawWeights;
  tokenizerFiles: TokenizerFiles;
}

const CONFIG = 'config.json';
const WEIGHTS = 'model.safetensors';
const VOCAB = 'vocab.json';
const MERGES = 'merges.txt';
const TOKENIZER = 'tokenizer.json';

/** What is read of a folder, in this order; some have tokenizer.json in place of vocab.json and merges.txt. */
export const MODEL_FILES: readonly string[] = [CONFIG, VOCAB, MERGES, WEIGHTS];

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
  const json = await readJson(files, CONFIG);
  const config = parseConfig(json);
  return { config, configFile: json as ConfigFile, tokenizerBytes: await findTokenizerFiles(files) };
}

/** The weights, tensor by tensor as they arrive.  Throws: as readModelFolder; the signal's reason once aborted. */
export async function streamWeights(
  files: ModelFiles,
  config: Gpt2Config,
  sink: WeightSink,
  signal?: AbortSignal
): Promise<void> {
  const source = await readFile(WEIGHTS, async () =>
    files.open ? files.open(WEIGHTS) : bytesSource(await files.read(WEIGHTS))
  );
  await streamCheckpoint(config, source, sink, signal);
}

/**
 * vocab.json and merges.txt where both are there, else tokenizer.json.
 *
 * Throws: ModelFileError if neither is there.
 */
export async function findTokenizerFiles(files: ModelFiles): Promise<TokenizerBytes> {
  const vocab = await readIfThere(files, VOCAB);
  const merges = vocab && (await readIfThere(files, MERGES));
  if (vocab && merges) return { vocab, merges };
  const tokenizerJson = await readBytes(files, TOKENIZER).catch((error: unknown) => {
    throw isAbort(error) || error instanceof TransferError
      ? error
      : noTokenizer(vocab ? `${VOCAB} alone` : 'none of them', error);
  });
  return { tokenizerJson };
}

/** What `findTokenizerFiles` found, for `createTokenizer`.  Throws: ModelFileError if it is no UTF-8 or no JSON. */
export function parseTokenizerFiles(bytes: TokenizerBytes): TokenizerFiles {
  if ('tokenizerJson' in bytes) return { tokenizerJson: parseJson(TOKENIZER, bytes.tokenizerJson) };
  return { vocab: parseJson(VOCAB, bytes.vocab), merges: decodeText(MERGES, bytes.merges) };
}

function noTokenizer(actual: string, cause: unknown): ModelFileError {
  const expected = `there with ${VOCAB} and ${MERGES}, or with ${TOKENIZER}`;
  const advice = "Add them from the model's page; GPT-2's own fit every model with its vocabulary.";
  return new ModelFileError(mustBe('findTokenizerFiles: model folder', expected, actual, advice), { cause });
}

/**
 * A JSON file of the folder, parsed.
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
  try {
    return await readBytes(files, name);
  } catch (error) {
    if (isAbort(error) || error instanceof TransferError) throw error;
    return null;
  }
}

/** A cancelled read is no missing file: its error goes to the caller as it is. */
function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

function parseJson(name: string, bytes: Uint8Array): unknown {
  const text = decodeText(name, bytes);
  try {
    return JSON.parse(text);
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
