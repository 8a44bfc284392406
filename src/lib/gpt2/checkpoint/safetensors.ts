/**
 * Reads a safetensors file: 8 bytes of header length, a JSON header, then the tensors' bytes without gaps.
 * Everything the header claims is checked before a byte of a tensor is touched.
 *
 * Source: huggingface/safetensors, README "Format".
 */
import { mustBe, WeightsError } from '../errors.ts';
import { elementCount } from './weight-spec.ts';
import { valueBytes, widen } from './widen.ts';

/** What the header says of one tensor. */
export interface SafetensorEntry {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  /** First byte, counted from the end of the header. */
  readonly begin: number;
  /** The byte after the last, counted likewise. */
  readonly end: number;
}

/** One tensor of a file in memory. */
export interface SafetensorView {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Little-endian, row-major; a view of the file's bytes, at any alignment. */
  readonly bytes: Uint8Array;
}

/** Bytes of the header length at the front of the file. */
export const HEADER_LENGTH_BYTES = 8;
/** Hugging Face's own JavaScript reader stops here; GPT-2's headers have about 14 kB, so more is not a checkpoint. */
export const MAX_HEADER_BYTES = 25_000_000;

/** Every dtype of the format with its bits per value; a Map, so that "constructor" is not found in it. */
const DTYPE_BITS = new Map<string, number>([
  ['BOOL', 8],
  ['F4', 4],
  ['F6_E2M3', 6],
  ['F6_E3M2', 6],
  ['U8', 8],
  ['I8', 8],
  ['F8_E5M2', 8],
  ['F8_E4M3', 8],
  ['F8_E8M0', 8],
  ['F8_E4M3FNUZ', 8],
  ['F8_E5M2FNUZ', 8],
  ['I16', 16],
  ['U16', 16],
  ['F16', 16],
  ['BF16', 16],
  ['I32', 32],
  ['U32', 32],
  ['F32', 32],
  ['C64', 64],
  ['F64', 64],
  ['I64', 64],
  ['U64', 64]
]);

const METADATA = '__metadata__'; // the one header key that is not a tensor: free text
const WHERE = 'parseSafetensors';
const DAMAGED = 'The file is damaged or not in safetensors format; download it again.';
const SHOWN_LETTERS = 80; // of a wrong value, in a message
const SHOWN_ENTRIES = 8;

/**
 * The tensors of a whole file.
 *
 * Memory: no copy; the views keep `bytes` alive.
 * Throws: WeightsError that names the tensor, for each way in which the file breaks the format.
 */
export function parseSafetensors(bytes: Uint8Array): Map<string, SafetensorView> {
  const headerEnd = HEADER_LENGTH_BYTES + safetensorsHeaderLength(bytes, bytes.length);
  const header = bytes.subarray(HEADER_LENGTH_BYTES, headerEnd);
  const data = bytes.subarray(headerEnd);
  const views = new Map<string, SafetensorView>();
  for (const { name, dtype, shape, begin, end } of parseSafetensorsHeader(header, data.length).values()) {
    views.set(name, { name, dtype, shape, bytes: data.subarray(begin, end) });
  }
  return views;
}

/**
 * The length of the JSON header, from the first 8 bytes of a file.
 *
 * Units: bytes; `fileLength` is the whole file's, or null if it is unknown.
 * Throws: WeightsError if the file is too short, or the header longer than the file or than MAX_HEADER_BYTES.
 */
export function safetensorsHeaderLength(start: Uint8Array, fileLength: number | null): number {
  const known = Math.min(start.length, fileLength ?? Infinity);
  if (known < HEADER_LENGTH_BYTES)
    fail('file', `at least ${HEADER_LENGTH_BYTES} bytes long`, `${known} bytes`);
  const length = new DataView(start.buffer, start.byteOffset, HEADER_LENGTH_BYTES).getBigUint64(0, true);
  if (length > MAX_HEADER_BYTES) fail('header length', `at most ${MAX_HEADER_BYTES} bytes`, length);
  const room = (fileLength ?? Infinity) - HEADER_LENGTH_BYTES;
  if (length > room) fail('header length', `at most the ${room} bytes that follow it`, length);
  return Number(length);
}

/**
 * The tensors that a header names, checked against the length of the data after it; no data needed.
 *
 * Units: begin, end and `dataLength` in bytes from the end of the header.
 * Throws: WeightsError as parseSafetensors.
 */
export function parseSafetensorsHeader(
  headerBytes: Uint8Array,
  dataLength: number | null
): Map<string, SafetensorEntry> {
  const text = decodeHeader(headerBytes);
  const entries = new Map<string, SafetensorEntry>();
  for (const [name, value] of Object.entries(parseHeaderJson(text))) {
    if (name === METADATA) checkMetadata(value);
    else entries.set(name, parseEntry(name, value, dataLength));
  }
  checkDuplicateKeys(text);
  checkCover([...entries.values()], dataLength);
  return entries;
}

/**
 * The values of one tensor.
 *
 * Shapes: any; flat and row-major.
 * Memory: a new array, never a view of the file.
 * Throws: WeightsError if the dtype is none of F64, F32, F16 and BF16.
 */
export function toFloat32({ name, dtype, bytes }: SafetensorView): Float32Array {
  const size = valueBytes(dtype);
  if (size === null) {
    const advice = 'Save the checkpoint in one of these.';
    const where = `toFloat32: dtype of ${shown(name)}`;
    throw new WeightsError(mustBe(where, 'F64, F32, F16 or BF16', shown(dtype), advice));
  }
  const values = new Float32Array(bytes.length / size);
  widen(dtype, bytes, values);
  return values;
}

function decodeHeader(headerBytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(headerBytes);
  } catch {
    return fail('header', 'UTF-8 text', 'other bytes');
  }
}

function parseHeaderJson(text: string): Record<string, unknown> {
  let header: unknown;
  try {
    header = JSON.parse(text);
  } catch {
    fail('header', 'JSON', shown(text));
  }
  if (!isObject(header) || !text.startsWith('{')) fail('header', 'a JSON object', shown(text));
  return header;
}

function checkMetadata(value: unknown): void {
  if (value === null) return; // as some writers say "none"
  if (!isObject(value)) fail(METADATA, 'a JSON object', shown(value));
  for (const text of Object.values(value)) {
    if (typeof text !== 'string') fail(`values of ${METADATA}`, 'strings', shown(text));
  }
}

function parseEntry(name: string, value: unknown, dataLength: number | null): SafetensorEntry {
  const tensor = shown(name);
  if (!isObject(value)) {
    fail(`header entry of ${tensor}`, 'an object with dtype, shape and data_offsets', shown(value));
  }
  const { dtype, shape, data_offsets } = value;
  const bits = typeof dtype === 'string' ? DTYPE_BITS.get(dtype) : undefined;
  if (typeof dtype !== 'string' || bits === undefined) {
    fail(`dtype of ${tensor}`, `one of ${[...DTYPE_BITS.keys()].join(', ')}`, shown(dtype));
  }
  if (!isSizeList(shape)) fail(`shape of ${tensor}`, 'a list of integers of at least 0', shown(shape));
  if (!isSizeList(data_offsets) || data_offsets.length !== 2) {
    fail(`data_offsets of ${tensor}`, 'two integers of at least 0', shown(data_offsets));
  }
  const [begin, end] = data_offsets;
  if (begin > end) fail(`data_offsets of ${tensor}`, 'in order', shown(data_offsets));
  if (dataLength !== null && end > dataLength) {
    fail(`data_offsets of ${tensor}`, `at most the ${dataLength} bytes of data`, shown(data_offsets));
  }
  const byteLength = (elementCount(shape) * bits) / 8;
  if (end - begin !== byteLength) {
    fail(
      `size of ${tensor}`,
      `the ${byteLength} bytes of shape ${shown(shape)} in ${dtype}`,
      `${end - begin} bytes`
    );
  }
  return { name, dtype, shape, begin, end };
}

/** JSON.parse keeps the last of equal keys; here they are an error, of tensors and of an entry's fields. */
function checkDuplicateKeys(json: string): void {
  const header = new Set<string>();
  const entry = new Set<string>();
  let depth = 0;
  let stringStart = 0;
  let stringEnd = 0;
  for (let i = 0; i < json.length; i++) {
    const letter = json[i];
    if (letter === '"') {
      stringStart = i;
      i = stringEnd = endOfString(json, i);
    } else if (letter === '{') {
      depth++;
      if (depth === 2) entry.clear();
    } else if (letter === '}') {
      depth--;
    } else if (letter === ':' && depth <= 2) {
      const keys = depth === 1 ? header : entry;
      const key = JSON.parse(json.slice(stringStart, stringEnd + 1)) as string;
      if (keys.has(key)) fail(`header key ${shown(key)}`, 'there once', 'a second one');
      keys.add(key);
    }
  }
}

/** Index of the quote that closes the JSON string whose opening quote is at `start`. */
function endOfString(json: string, start: number): number {
  let i = start + 1;
  while (json[i] !== '"') i += json[i] === '\\' ? 2 : 1;
  return i;
}

/** The tensors must cover the data from its first byte to its last, without holes and without overlap. */
function checkCover(entries: SafetensorEntry[], dataLength: number | null): void {
  let covered = 0;
  let previous = '';
  for (const { name, begin, end } of entries.sort((a, b) => a.begin - b.begin || a.end - b.end)) {
    const where = `first byte of ${shown(name)}`;
    if (begin < covered) fail(where, `after ${shown(previous)}, which ends at ${covered}`, begin);
    if (begin > covered) fail(where, `${covered}, where the bytes before it end`, begin);
    covered = end;
    previous = name;
  }
  if (dataLength !== null && covered !== dataLength) {
    fail('data', `${covered} bytes long, where the last tensor ends`, `${dataLength} bytes`);
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSizeList(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((item) => Number.isSafeInteger(item) && item >= 0);
}

/** A value from the file for a message: short, and safe for values of any depth. */
function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, SHOWN_LETTERS));
  if (!Array.isArray(value)) return value !== null && typeof value === 'object' ? 'an object' : String(value);
  if (value.length > SHOWN_ENTRIES) return `a list of ${value.length} entries`;
  return `[${value.map((item) => (Array.isArray(item) ? 'a list' : shown(item))).join(', ')}]`;
}

function fail(what: string, expected: string, actual: unknown): never {
  throw new WeightsError(mustBe(`${WHERE}: ${what}`, expected, actual, DAMAGED));
}
