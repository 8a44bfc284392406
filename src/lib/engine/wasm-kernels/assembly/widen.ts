/** Float16 to float32, exactly. */

const EXPONENT: i32 = 0x7c00;
const EXPONENT_UNIT: i32 = 0x400;
const EXPONENT_SIGN: i32 = 0x8000;
const FRACTION_SHIFT: i32 = 13;
/** Of a float16 that was sign-extended to 32 bits and shifted: its sign, exponent and fraction, where float32 has them. */
const OWN_BITS: i32 = 0x8fffe000;
/** Float32's exponent bias minus float16's: a multiplication, which also makes subnormals right. */
const RESCALE: f32 = 5.192296858534828e33; // 2^112

/** Four float16, sign-extended to 32 bits each, as float32. */
function widen4(extended: v128): v128 {
  const bits = v128.and(i32x4.shl(extended, FRACTION_SHIFT), i32x4.splat(OWN_BITS));
  return f32x4.mul(bits, f32x4.splat(RESCALE));
}

function widen1(extended: i32): f32 {
  return reinterpret<f32>((extended << FRACTION_SHIFT) & OWN_BITS) * RESCALE;
}

/** Four numbers as float32; B is what they are in memory: f32, or u16 for float16. */
export function load4<B>(at: usize): v128 {
  return sizeof<B>() === 2 ? widen4(v128.load_ext<i16>(at)) : v128.load(at);
}

/** The four numbers after those of `load4`. */
export function loadNext4<B>(at: usize): v128 {
  return sizeof<B>() === 2 ? widen4(v128.load_ext<i16>(at, 8)) : v128.load(at, 16);
}

/** One number, as `load4`. */
export function load1<B>(at: usize): f32 {
  return sizeof<B>() === 2 ? widen1(load<i16>(at)) : f32.load(at);
}

/** Bytes of so many float32 as bytes of B. */
export function inBytes<B>(bytes: usize): usize {
  return sizeof<B>() === 2 ? bytes >> 1 : bytes;
}

/** Widens `count` finite float16, a multiple of 8. */
export function widenEights(from: usize, to: usize, count: i32): void {
  const end = to + ((<usize>count) << 2);
  for (; to < end; to += 32) {
    v128.store(to, load4<u16>(from));
    v128.store(to, loadNext4<u16>(from), 16);
    from += 16;
  }
}

/**
 * Widens `count` float16 at `from` to float32 at `to`, exactly where they are finite; returns whether all are. Reads before
 * it writes, so that `from` may be the second half of the room at `to`.
 */
export function widenHalf(from: usize, to: usize, count: i32): bool {
  const fours = count & ~3;
  let carried = i32x4.splat(0); // one more than an exponent of all ones carries into the sign bit
  for (let i = 0; i < fours; i += 4) {
    const half = v128.load_ext<i16>(from + ((<usize>i) << 1));
    carried = v128.or(carried, i32x4.add(v128.and(half, i32x4.splat(EXPONENT)), i32x4.splat(EXPONENT_UNIT)));
    v128.store(to + ((<usize>i) << 2), widen4(half));
  }
  let rest = 0;
  for (let i = fours; i < count; i++) {
    const half = <i32>load<i16>(from + ((<usize>i) << 1));
    f32.store(to + ((<usize>i) << 2), widen1(half));
    rest |= (half & EXPONENT) + EXPONENT_UNIT;
  }
  return !v128.any_true(v128.and(carried, i32x4.splat(EXPONENT_SIGN))) && (rest & EXPONENT_SIGN) === 0;
}
