/**
 * NumPy's .npy arrays: a short text header and the raw numbers.
 *
 *     magic "\x93NUMPY", version 1 0, header length (uint16), header (a Python dict, padded to 64 bytes), data
 *
 * Little-endian, row-major only. Runs in Node and in a browser.
 * Source: numpy.lib.format, "NPY format version 1.0".
 */
import { elementCount } from '../checkpoint/weight-spec.ts';

const DTYPES = {
  /** Bit patterns: `float16ToFloat32` widens them. */
  float16: { descr: '<f2', array: Uint16Array },
  float32: { descr: '<f4', array: Float32Array },
  float64: { descr: '<f8', array: Float64Array },
  int32: { descr: '<i4', array: Int32Array },
  int64: { descr: '<i8', array: BigInt64Array }
} as const;

export type NpyDtype = keyof typeof DTYPES;
export type NpyData = Uint16Array | Float32Array | Float64Array | Int32Array | BigInt64Array;

export interface NpyArray {
  readonly dtype: NpyDtype;
  readonly shape: readonly number[];
  /** Row-major; as many values as the shape's product. */
  readonly data: NpyData;
}

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]; // "\x93NUMPY"
const PREAMBLE_BYTES = 10; // magic 6, version 2, header length 2
const ALIGNMENT = 64; // numpy pads the header so that the data starts at a multiple of this

/** The bytes before an array's data.  Throws: RangeError if the shape does not hold the data. */
export function npyHeader(name: string, { dtype, shape, data }: NpyArray): Uint8Array {
  if (elementCount(shape) !== data.length) {
    throw new RangeError(
      `writeNpz: ${name} must hold ${elementCount(shape)} values for shape [${shape.join(', ')}], got ${data.length}.`
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

/** Reads one .npy array.  Throws: Error that names the file, if it is none that we can read. */
export function readNpy(file: string, bytes: Uint8Array): NpyArray {
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
  const isShape = shape?.every((size) => Number.isSafeInteger(size) && size >= 0) ?? false;
  if (dtype === undefined || shape === undefined || !isShape || !header.includes("'fortran_order': False")) {
    throw new Error(
      `readNpz: ${file} must be little-endian float16, float32, float64, int32 or int64 in C order, got ${header}.`
    );
  }
  const { array } = DTYPES[dtype];
  if (bytes.length - start !== elementCount(shape) * array.BYTES_PER_ELEMENT) {
    throw new Error(
      `readNpz: ${file} must hold ${elementCount(shape)} values, got ${bytes.length - start} bytes.`
    );
  }
  return { dtype, shape, data: new array(bytes.slice(start).buffer) };
}
