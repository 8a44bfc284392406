/** float32 to 16-bit floats, rounded to the nearest, ties to even, as PyTorch does. */

export type NarrowDtype = 'F16' | 'BF16';

const FLOAT32_ABS = 0x7fff_ffff;
const SIGN = 0x8000;
/** Bits of the smallest float32 that float16 rounds to infinity: 65,520. */
const F16_OVERFLOW = 0x477f_f000;
/** Bits of 2^-14: below it, float16 has the fixed step 2^-24. */
const F16_NORMAL = 0x3880_0000;
/** In a float32 near 0.5 the last bit counts 2^-24: adding it rounds to float16's step. */
const F16_STEP_MAGIC = 0.5;
const F16_STEP_MAGIC_BITS = 0x3f00_0000;
/** (15 - 127) << 23: from float32's exponent to float16's. */
const F16_REBIAS = 0xc800_0000;
/** Bits of the smallest float32 that bfloat16 rounds to infinity. */
const BF16_OVERFLOW = 0x7f7f_8000;

/**
 * Writes 16-bit patterns of float32 values to `out`; gives the place of the first value that would become infinite, or -1.
 *
 * Shapes: values [n] -> out [n].
 * Source: IEEE 754; bfloat16 is float32's upper half.
 */
export function narrow(dtype: NarrowDtype, values: Float32Array, out: Uint16Array): number {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  return dtype === 'F16' ? narrowToF16(bits, out) : narrowToBf16(bits, out);
}

function narrowToF16(bits: Uint32Array, out: Uint16Array): number {
  const float = new Float32Array(1);
  const floatBits = new Uint32Array(float.buffer);
  for (let i = 0; i < bits.length; i++) {
    const abs = bits[i] & FLOAT32_ABS;
    const sign = (bits[i] >>> 16) & SIGN;
    if (abs >= F16_OVERFLOW) return i;
    if (abs < F16_NORMAL) {
      floatBits[0] = abs;
      float[0] += F16_STEP_MAGIC;
      out[i] = sign | (floatBits[0] - F16_STEP_MAGIC_BITS);
    } else {
      const half = 0xfff + ((abs >>> 13) & 1); // ties go to the even neighbour
      out[i] = sign | ((abs + F16_REBIAS + half) >>> 13);
    }
  }
  return -1;
}

function narrowToBf16(bits: Uint32Array, out: Uint16Array): number {
  for (let i = 0; i < bits.length; i++) {
    if ((bits[i] & FLOAT32_ABS) >= BF16_OVERFLOW) return i;
    out[i] = (bits[i] + 0x7fff + ((bits[i] >>> 16) & 1)) >>> 16;
  }
  return -1;
}
