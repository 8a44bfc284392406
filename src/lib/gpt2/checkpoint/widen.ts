/**
 * Turns a checkpoint's bytes into float32 values, in pieces as they arrive.
 */
import { areFiniteFloat16, bfloat16ToFloat32, float16ToFloat32 } from './half.ts';

/** Bytes of one value of each dtype that can be shown; a Map, so that "constructor" is not found in it. */
const VALUE_BYTES = new Map([
  ['F64', 8],
  ['F32', 4],
  ['F16', 2],
  ['BF16', 2]
]);

/** Widens float16 bits to an array that it can reach, and says whether all are finite; null where it cannot reach it. */
export type Widener = (bits: Uint16Array, out: Float32Array) => boolean | null;

let widener: Widener | null = null;

/** Registers a faster way to widen than JavaScript's: it computes the same. */
export function registerWidener(faster: Widener): void {
  widener = faster;
}

const HOST_IS_LITTLE_ENDIAN = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/** Bytes of one value, or null if the dtype is none of F64, F32, F16 and BF16. */
export function valueBytes(dtype: string): number | null {
  return VALUE_BYTES.get(dtype) ?? null;
}

/**
 * Writes little-endian values of `dtype` to `out` as float32: exactly, but for F64, which is rounded to the nearest.
 *
 * Shapes: bytes [n valueBytes(dtype)], at any alignment -> out [n].
 * Memory: F32 is copied once, 16-bit values are widened in place of a copy.
 */
export function widen(dtype: string, bytes: Uint8Array, out: Float32Array): void {
  if (dtype === 'F32') copyHostOrder(bytes, new Uint8Array(out.buffer, out.byteOffset, bytes.length), 4);
  else if (dtype === 'F64') roundFloat64(bytes, out);
  else if (dtype === 'F16') float16ToFloat32(hostOrder16(bytes), out);
  else bfloat16ToFloat32(hostOrder16(bytes), out);
}

/** As `widen`; returns whether every value is finite. */
export function widenFinite(dtype: string, bytes: Uint8Array, out: Float32Array): boolean {
  if (dtype === 'F16') return widenFinite16(hostOrder16(bytes), out);
  widen(dtype, bytes, out);
  for (let i = 0; i < out.length; i++) if (!Number.isFinite(out[i])) return false;
  return true;
}

function widenFinite16(bits: Uint16Array, out: Float32Array): boolean {
  const finite = widener?.(bits, out) ?? null;
  if (finite !== null) return finite;
  float16ToFloat32(bits, out);
  return areFiniteFloat16(bits);
}

/** Takes float16 as they are; returns whether every one is finite. */
export function copyFinite16(bytes: Uint8Array, out: Uint16Array): boolean {
  const bits = hostOrder16(bytes);
  out.set(bits);
  return areFiniteFloat16(bits);
}

function roundFloat64(bytes: Uint8Array, out: Float32Array): void {
  const values = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let i = 0; i < out.length; i++) out[i] = values.getFloat64(8 * i, true);
}

/** 16-bit values: the file's own bytes where they are aligned, else a copy. */
function hostOrder16(bytes: Uint8Array): Uint16Array {
  const size = Uint16Array.BYTES_PER_ELEMENT;
  if (HOST_IS_LITTLE_ENDIAN && bytes.byteOffset % size === 0) {
    return new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length / size);
  }
  const copy = new Uint8Array(bytes.length);
  copyHostOrder(bytes, copy, size);
  return new Uint16Array(copy.buffer);
}

/** Copies little-endian values in the order of this machine. */
function copyHostOrder(bytes: Uint8Array, copy: Uint8Array, itemSize: number): void {
  copy.set(bytes);
  if (HOST_IS_LITTLE_ENDIAN) return;
  for (let i = 0; i < copy.length; i += itemSize) copy.subarray(i, i + itemSize).reverse();
}
