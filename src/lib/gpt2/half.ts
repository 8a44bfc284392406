/**
 * Widens 16-bit floats to float32. Every float16 and bfloat16 is a float32 too, so nothing is rounded.
 */
import { mustBe, ShapeError } from './errors.ts';

const PATTERNS = 0x1_0000; // all 16-bit values
const SUBNORMAL_UNIT = 2 ** -24; // the smallest float16 above 0
const SPECIAL_EXPONENT = 31; // infinities and NaN in float16
const SIGN_MASK = 0x8000; // of a float16
const EXPONENT_MASK = 0x7c00;
const EXPONENT_UNIT = 0x400;
const FLOAT32_SPECIAL = 0x7f80_0000; // the same exponent bits in float32
const EXPONENT_SHIFT = 127 - 15; // float32's exponent bias minus float16's

let float16Table: Float32Array | undefined; // 256 KB, made at the first use

/**
 * Float16 bit patterns as float32, exactly: subnormals, both zeros, infinities and NaN too.
 *
 * Shapes: bits [n] -> [n].
 * Memory: writes to `out` where given, else to a new array.
 * Throws: ShapeError if `out` has another length than `bits`.
 * Source: IEEE 754 binary16.
 */
export function float16ToFloat32(
  bits: Uint16Array,
  out: Float32Array = new Float32Array(bits.length)
): Float32Array {
  expectLength('float16ToFloat32', bits, out);
  const table = (float16Table ??= makeFloat16Table());
  for (let i = 0; i < bits.length; i++) out[i] = table[bits[i]];
  return out;
}

/**
 * Widens float16 bit patterns as `float16ToFloat32` does, and says whether all of them are finite: one pass costs half
 * as much as two.
 *
 * Shapes: bits [n], out [n].
 */
export function widenFiniteFloat16(bits: Uint16Array, out: Float32Array): boolean {
  expectLength('widenFiniteFloat16', bits, out);
  const table = (float16Table ??= makeFloat16Table());
  let carried = 0; // one more than an exponent of all ones carries into the sign bit
  for (let i = 0; i < bits.length; i++) {
    const half = bits[i];
    out[i] = table[half];
    carried |= (half & EXPONENT_MASK) + EXPONENT_UNIT;
  }
  return (carried & SIGN_MASK) === 0;
}

/**
 * Bfloat16 bit patterns as float32: they are float32's upper 16 bits.
 *
 * Shapes: bits [n] -> [n].
 * Memory: writes to `out` where given, else to a new array.
 * Throws: ShapeError if `out` has another length than `bits`.
 */
export function bfloat16ToFloat32(
  bits: Uint16Array,
  out: Float32Array = new Float32Array(bits.length)
): Float32Array {
  expectLength('bfloat16ToFloat32', bits, out);
  const outBits = new Uint32Array(out.buffer, out.byteOffset, out.length);
  for (let i = 0; i < bits.length; i++) outBits[i] = bits[i] << 16;
  return out;
}

function makeFloat16Table(): Float32Array {
  const table = new Float32Array(PATTERNS);
  const tableBits = new Uint32Array(table.buffer);
  for (let half = 0; half < PATTERNS; half++) {
    const sign = (half & SIGN_MASK) << 16;
    const exponent = (half >> 10) & SPECIAL_EXPONENT;
    const fraction = half & 0x3ff;
    if (exponent === 0) {
      table[half] = fraction * SUBNORMAL_UNIT;
      tableBits[half] |= sign;
    } else {
      const exponentBits =
        exponent === SPECIAL_EXPONENT ? FLOAT32_SPECIAL : (exponent + EXPONENT_SHIFT) << 23;
      tableBits[half] = sign | exponentBits | (fraction << 13);
    }
  }
  return table;
}

function expectLength(where: string, bits: Uint16Array, out: Float32Array): void {
  if (out.length !== bits.length) {
    const expected = `as long as bits (${bits.length})`;
    throw new ShapeError(mustBe(`${where}: out`, expected, out.length, 'Leave it out to get a new array.'));
  }
}
