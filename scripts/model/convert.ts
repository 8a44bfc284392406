/** Writes a checkpoint's weights anew in 16-bit floats, without the causal masks. */
import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import {
  elementCount,
  HEADER_LENGTH_BYTES,
  isMaskBuffer,
  parseSafetensorsHeader,
  safetensorsHeaderLength,
  type SafetensorEntry
} from '../../src/lib/gpt2/index.ts';
import { valueBytes, widen } from '../../src/lib/gpt2/checkpoint/widen.ts';
import { UsageError } from '../command/usage-error.ts';
import { narrow, type NarrowDtype } from '../../src/lib/gpt2/checkpoint/narrow.ts';

const CHUNK_VALUES = 2 ** 20;
const NARROW_BYTES = 2;
const ALIGNMENT = 8; // of the data, as safetensors' own writer pads its header
const LARGEST = { F16: '65504', BF16: '3.39e38' };
const OTHER = { F16: 'BF16', BF16: 'F16' };

/** One tensor of a file on the disk. */
interface StoredTensor extends SafetensorEntry {
  readonly file: number;
  /** Of its first byte in the file. */
  readonly at: number;
}

export interface Converted {
  /** What the weights were before: "F32", or several. */
  readonly from: string;
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * Converts the weights of a model, one file or several, into one file. F64 is rounded to F32 first, as PyTorch does and as
 * the model is computed here.
 *
 * Memory: a chunk of a tensor.
 * Throws: UsageError if a value would become infinite, or a dtype is not a float.
 *
 * @param write takes the bytes of the new file in order
 */
export function convertWeights(
  paths: readonly string[],
  dtype: NarrowDtype,
  write: (chunk: Uint8Array) => void
): Converted {
  const files = paths.map((path) => openSync(path, 'r'));
  try {
    const tensors = files.flatMap(readHeader).filter(({ name }) => !isMaskBuffer(name));
    for (const tensor of tensors) expectFloat(tensor);
    const hash = createHash('sha256');
    let bytes = 0;
    const put = (chunk: Uint8Array) => {
      hash.update(chunk);
      write(chunk);
      bytes += chunk.length;
    };
    put(headerOf(tensors, dtype));
    for (const tensor of tensors) convertTensor(tensor, dtype, put);
    const from = [...new Set(tensors.map((tensor) => tensor.dtype))].sort().join(' and ');
    return { from, bytes, sha256: hash.digest('hex') };
  } finally {
    for (const file of files) closeSync(file);
  }
}

function readHeader(file: number): StoredTensor[] {
  const size = fstatSync(file).size;
  const end = HEADER_LENGTH_BYTES + safetensorsHeaderLength(bytesAt(file, 0, HEADER_LENGTH_BYTES), size);
  const header = bytesAt(file, HEADER_LENGTH_BYTES, end - HEADER_LENGTH_BYTES);
  return [...parseSafetensorsHeader(header, size - end).values()]
    .sort((a, b) => a.begin - b.begin)
    .map((entry) => ({ ...entry, file, at: end + entry.begin }));
}

function expectFloat({ name, dtype }: StoredTensor): void {
  if (valueBytes(dtype) !== null) return;
  throw new UsageError(
    `model: --dtype must have weights in F64, F32, F16 or BF16 to convert, got ${name} in ${dtype}. Leave --dtype out.`
  );
}

/** The eight bytes of its length, and the JSON, filled up with spaces. */
function headerOf(tensors: readonly StoredTensor[], dtype: NarrowDtype): Uint8Array {
  let at = 0;
  const entries = tensors.map(({ name, shape }) => {
    const begin = at;
    at += NARROW_BYTES * elementCount(shape);
    return [name, { dtype, shape, data_offsets: [begin, at] }] as const;
  });
  const json = JSON.stringify({ __metadata__: { format: 'pt' }, ...Object.fromEntries(entries) });
  const text = new TextEncoder().encode(json);
  const length = Math.ceil(text.length / ALIGNMENT) * ALIGNMENT;
  const header = new Uint8Array(HEADER_LENGTH_BYTES + length).fill(32);
  new DataView(header.buffer).setBigUint64(0, BigInt(length), true);
  header.set(text, HEADER_LENGTH_BYTES);
  return header;
}

function convertTensor(tensor: StoredTensor, dtype: NarrowDtype, put: (chunk: Uint8Array) => void): void {
  const size = valueBytes(tensor.dtype)!;
  const count = elementCount(tensor.shape);
  for (let start = 0; start < count; start += CHUNK_VALUES) {
    const length = Math.min(CHUNK_VALUES, count - start);
    const values = new Float32Array(length);
    widen(tensor.dtype, bytesAt(tensor.file, tensor.at + start * size, length * size), values);
    const out = new Uint16Array(length);
    const overflow = narrow(dtype, values, out);
    if (overflow !== -1) refuseOverflow(tensor.name, dtype, values[overflow]);
    put(littleEndian(out));
  }
}

function refuseOverflow(name: string, dtype: NarrowDtype, value: number): never {
  throw new UsageError(
    `model: values of ${name} must be at most ${LARGEST[dtype]} to be converted to ${dtype}, got ${value}. ` +
      `Pass --dtype ${OTHER[dtype]}, or leave it out.`
  );
}

function littleEndian(values: Uint16Array): Uint8Array {
  const bytes = new Uint8Array(values.length * NARROW_BYTES);
  const view = new DataView(bytes.buffer);
  values.forEach((value, i) => view.setUint16(i * NARROW_BYTES, value, true));
  return bytes;
}

function bytesAt(file: number, at: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let done = 0; done < length;) {
    const count = readSync(file, bytes, done, length - done, at + done);
    if (count === 0)
      throw new UsageError(
        'model: the weights must stay as they are while they are converted, got fewer bytes. Run it again.'
      );
    done += count;
  }
  return bytes;
}
