/**
 * Widens 16-bit floats to float32. Every float16 and bfloat16 is a float32 too, so nothing is rounded.
 */
import { mustBe, ShapeError } from '../errors.ts';

const PATTERNS = 0x1_0000; // all 16-bit values
const SUBNORMAL_UNIT = 2 ** -24; // the smallest float16 above 0
const SPECIAL_EXPONENT = 31; // infinities and NaN in float16
const SIGN_MASK = 0x8000; // of a float16
const EXPONENT_MASK = 0x7c00;
const EXPONENT_UNIT = 0x400;
// the same of two float16 in one 32-bit word
const SIGNS_MASK = 0x8000_8000;
const EXPONENTS_MASK = 0x7c00_7c00;
const EXPONENT_UNITS = 0x0400_0400;
const WORD_BYTES = 4;
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
  if (typeof Float16Array !== 'undefined') widenNatively(bits, out);
  else widenByTable(bits, out);
  return out;
}

/** By the processor's own conversion, five times as fast as by the table. */
function widenNatively(bits: Uint16Array, out: Float32Array): void {
  const values = new Float16Array(bits.buffer, bits.byteOffset, bits.length);
  for (let i = 0; i < values.length; i++) out[i] = values[i]; // `set` takes three times as long
}

function widenByTable(bits: Uint16Array, out: Float32Array): void {
  const table = (float16Table ??= makeFloat16Table());
  for (let i = 0; i < bits.length; i++) out[i] = table[bits[i]];
}

/**
 * Whether no float16 is infinite or NaN, two at a time.
 *
 * Shapes: bits [n].
 */
export function areFiniteFloat16(bits: Uint16Array): boolean {
  let carried = 0; // one more than an exponent of all ones carries into the sign bit
  const isAligned = bits.byteOffset % WORD_BYTES === 0;
  const pairs = new Uint32Array(
    isAligned ? bits.buffer : bits.slice().buffer,
    isAligned ? bits.byteOffset : 0,
    bits.length >> 1
  );
  for (let i = 0; i < pairs.length; i++) carried |= (pairs[i] & EXPONENTS_MASK) + EXPONENT_UNITS;
  if (bits.length % 2 === 1) carried |= (bits[bits.length - 1] & EXPONENT_MASK) + EXPONENT_UNIT;
  return (carried & SIGNS_MASK) === 0;
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
