/**
 * NumPy's .npz files: a zip of .npy arrays, each a short text header and the raw numbers.
 *
 *     magic "\x93NUMPY", version 1 0, header length (uint16), header (a Python dict, padded to 64 bytes), data
 *
 * Little-endian, row-major only. Runs in Node and in a browser.
 * Source: numpy.lib.format, "NPY format version 1.0".
 */
import { unzipSync, Zip, ZipPassThrough } from 'fflate';

const DTYPES = {
  float32: { descr: '<f4', array: Float32Array },
  float64: { descr: '<f8', array: Float64Array },
  int32: { descr: '<i4', array: Int32Array },
  int64: { descr: '<i8', array: BigInt64Array }
} as const;

export type NpyDtype = keyof typeof DTYPES;
export type NpyData = Float32Array | Float64Array | Int32Array | BigInt64Array;

export interface NpyArray {
  readonly dtype: NpyDtype;
  readonly shape: readonly number[];
  /** Row-major; as many values as the shape's product. */
  readonly data: NpyData;
}

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]; // "\x93NUMPY"
const PREAMBLE_BYTES = 10; // magic 6, version 2, header length 2
const ALIGNMENT = 64; // numpy pads the header so that the data starts at a multiple of this

/** Reads every array of an .npz file.  Throws: Error naming the entry that is no .npy array we can read. */
export function readNpz(bytes: Uint8Array): Record<string, NpyArray> {
  const arrays: Record<string, NpyArray> = {};
  for (const [file, content] of Object.entries(unzipSync(bytes))) {
    arrays[file.replace(/\.npy$/, '')] = readNpy(file, content);
  }
  return arrays;
}

/** Writes an .npz file in memory, stored without compression. */
export function writeNpz(arrays: Readonly<Record<string, NpyArray>>): Uint8Array {
  const chunks: Uint8Array[] = [];
  const writer = new NpzWriter((chunk) => chunks.push(chunk));
  for (const [name, array] of Object.entries(arrays)) writer.add(name, array);
  writer.end();
  const out = new Uint8Array(chunks.reduce((total, chunk) => total + chunk.length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    out.set(chunk, offset);
    offset += chunk.length;
  }
  return out;
}

/** Writes an .npz file array by array, so that a large trace need not stand in memory twice. */
export class NpzWriter {
  readonly #zip: Zip;

  /** @param onchunk hears the file's bytes in order */
  constructor(onchunk: (chunk: Uint8Array) => void) {
    this.#zip = new Zip((error, chunk) => {
      if (error) throw error;
      onchunk(chunk);
    });
  }

  /** Adds one array under its name.  Throws: RangeError if the shape does not hold the data. */
  add(name: string, array: NpyArray): void {
    const entry = new ZipPassThrough(`${name}.npy`);
    entry.mtime = new Date(1980, 0, 1); // the zip format's first day: the same arrays give the same bytes
    this.#zip.add(entry);
    entry.push(npyHeader(name, array));
    entry.push(new Uint8Array(array.data.buffer, array.data.byteOffset, array.data.byteLength), true);
  }

  end(): void {
    this.#zip.end();
  }
}

function npyHeader(name: string, { dtype, shape, data }: NpyArray): Uint8Array {
  if (product(shape) !== data.length) {
    throw new RangeError(
      `writeNpz: ${name} must hold ${product(shape)} values for shape [${shape.join(', ')}], got ${data.length}.`
    );
  }
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const dict = `{'descr': '${DTYPES[dtype].descr}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const unpadded = PREAMBLE_BYTES + dict.length + 1; // 1: the newline that ends the header
  const total = Math.ceil(unpadded / ALIGNMENT) * ALIGNMENT;
  const header = new Uint8Array(total);
  header.set(MAGIC);
  header.set([1, 0], MAGIC.length);
  new DataView(header.buffer).setUint16(8, total - PREAMBLE_BYTES, true);
  header.set(new TextEncoder().encode(`${dict}${' '.repeat(total - unpadded)}\n`), PREAMBLE_BYTES);
  return header;
}

function readNpy(file: string, bytes: Uint8Array): NpyArray {
  if (bytes.length < PREAMBLE_BYTES || MAGIC.some((byte, i) => bytes[i] !== byte) || bytes[6] !== 1) {
    throw new Error(`readNpz: ${file} must be a .npy array of format version 1.`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = PREAMBLE_BYTES + view.getUint16(8, true);
  const header = new TextDecoder('latin1').decode(bytes.subarray(PREAMBLE_BYTES, start));
  const descr = /'descr': '([^']*)'/.exec(header)?.[1];
  const shape = /'shape': \(([^)]*)\)/
    .exec(header)?.[1]
    .split(',')
    .filter((size) => size.trim() !== '')
    .map(Number);
  const dtype = (Object.keys(DTYPES) as NpyDtype[]).find((key) => DTYPES[key].descr === descr);
  if (dtype === undefined || shape === undefined || !header.includes("'fortran_order': False")) {
    throw new Error(
      `readNpz: ${file} must be little-endian float32, float64, int32 or int64 in C order, got ${header}.`
    );
  }
  const { array } = DTYPES[dtype];
  if (bytes.length - start !== product(shape) * array.BYTES_PER_ELEMENT) {
    throw new Error(
      `readNpz: ${file} must hold ${product(shape)} values, got ${bytes.length - start} bytes.`
    );
  }
  return { dtype, shape, data: new array(bytes.slice(start).buffer) };
}

function product(shape: readonly number[]): number {
  return shape.reduce((total, size) => total * size, 1);
}
