import { unzipSync } from 'fflate';
import { float16ToFloat32 } from '../checkpoint/half.ts';
import { ConfigError, RecordingError } from '../errors.ts';
import type { Gpt2Config } from '../model/config.ts';
import type { Pieces } from '../tokenizer/vocabulary.ts';
import {
  ABOUT_FILE,
  parseAbout,
  parseVocabulary,
  piecesOfTokens,
  VOCABULARY_FILE,
  type RecordingAbout
} from './about.ts';
import { badRecording, unreadable } from './bad-recording.ts';
import { knownArrays } from './members.ts';
import { readNpy, type NpyArray } from './npy.ts';

/** Files in a recording; gpt2-xl's has some thousand. A hostile zip may claim billions. */
const MOST_FILES = 20_000;
const ADVICE = 'Choose a file that "Record this run" or npm run record has written.';
const NPY = /\.npy$/;

/** A recorded run, read and checked. */
export interface Recording {
  readonly about: RecordingAbout;
  readonly config: Gpt2Config;
  /** Of the whole vocabulary where the file holds it, else of the recorded tokens. */
  readonly pieces: Pieces;
  /** Every array by its name in the file, of the shape that the model and the tokens give it. */
  readonly arrays: ReadonlyMap<string, NpyArray>;
}

/**
 * Reads a recorded run: a zip without compression, whose arrays have the shapes that its model and tokens give them.
 *
 * Memory: the arrays are copies, as they are stored: `bytes` may go.
 * Throws: RecordingError that says what is wrong with the file.
 */
export function readRecording(bytes: Uint8Array): Recording {
  const files = unpacked(bytes);
  const json = files.get(ABOUT_FILE);
  if (!json) throw badRecording('file', [`a zip with ${ABOUT_FILE}`, 'none'], ADVICE);
  const { about, config } = knownConfig(textOf(json, ABOUT_FILE));
  const vocabulary = files.get(VOCABULARY_FILE);
  const pieces = vocabulary
    ? parseVocabulary(textOf(vocabulary, VOCABULARY_FILE))
    : piecesOfTokens(about.tokens, config.vocab_size);
  const arrays = new Map<string, NpyArray>();
  for (const [name, { shape, dtypes }] of knownArrays(config, about.tokens.length)) {
    const content = files.get(`${name}.npy`);
    if (content) arrays.set(name, checkedArray(name, content, shape, dtypes));
  }
  expectSameIds(arrays.get('input_ids'), about);
  return { about, config, pieces, arrays };
}

/** An array's values as float32, float16 widened; the array itself where it is float32. */
export function asFloat32({ data }: NpyArray): Float32Array {
  if (data instanceof Float32Array) return data;
  if (data instanceof Uint16Array) return float16ToFloat32(data);
  return Float32Array.from(data as ArrayLike<number>);
}

function unpacked(bytes: Uint8Array): Map<string, Uint8Array> {
  const seen = new Set<string>();
  const filter = (file: { name: string; size: number; originalSize: number; compression: number }) => {
    const { name, size, originalSize, compression } = file;
    const part = JSON.stringify(name.slice(0, 80));
    if (seen.size === MOST_FILES)
      throw badRecording('file', [`of at most ${MOST_FILES} parts`, 'more'], ADVICE);
    if (seen.has(name)) throw badRecording(part, ['in the file once', 'twice'], ADVICE);
    seen.add(name);
    if (compression !== 0) throw badRecording(part, ['stored as it is', 'compressed'], ADVICE);
    if (size !== originalSize || size > bytes.length)
      throw badRecording(part, [`at most ${bytes.length} bytes`, originalSize], ADVICE);
    return name === ABOUT_FILE || name === VOCABULARY_FILE || NPY.test(name);
  };
  try {
    return new Map(Object.entries(unzipSync(bytes, { filter })));
  } catch (error) {
    if (error instanceof RecordingError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw badRecording('file', ['a whole zip', reason], ADVICE, error);
  }
}

function textOf(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw badRecording(file, ['UTF-8', 'other bytes'], ADVICE, error);
  }
}

function knownConfig(json: string): ReturnType<typeof parseAbout> {
  try {
    return parseAbout(json);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw unreadable(`${ABOUT_FILE}: model`, `${ABOUT_FILE}: model: ${error.message}`, error);
  }
}

function checkedArray(
  name: string,
  content: Uint8Array,
  shape: readonly number[],
  dtypes: readonly string[]
): NpyArray {
  let array: NpyArray;
  try {
    array = readNpy(name, content);
  } catch (error) {
    const reason = (error as Error).message.replace(/^readNpz: /, '').slice(0, 300);
    throw unreadable(`${name}.npy`, `${reason} ${ADVICE}`, error);
  }
  const found = `${array.dtype} [${array.shape.join(', ')}]`;
  if (!dtypes.includes(array.dtype) || String(array.shape) !== String(shape)) {
    const expected = `${dtypes.join(' or ')} [${shape.join(', ')}]`;
    throw badRecording(name, [expected, found], ADVICE);
  }
  return array;
}

/** Throws: RecordingError if the file names other tokens in its two places. */
function expectSameIds(ids: NpyArray | undefined, { tokens }: RecordingAbout): void {
  if (!ids || tokens.every(({ id }, i) => id === Number(ids.data[i]))) return;
  throw badRecording('input_ids', [`the tokens of ${ABOUT_FILE}`, 'others'], ADVICE);
}
