/** Float16 to float32. */

const MAGNITUDE: i32 = 0x7fff;
const SIGN: i32 = 0x8000;
const EXPONENT: i32 = 0x7c00;
const EXPONENT_UNIT: i32 = 0x400;
const FRACTION_SHIFT: i32 = 13;
const SIGN_SHIFT: i32 = 16;
/** Float32's exponent bias minus float16's: a multiplication, which also makes subnormals right. */
const RESCALE: f32 = 5.192296858534828e33; // 2^112

/**
 * Widens `count` float16 at `from` to float32 at `to`, exactly where they are finite; returns whether all are. Reads before
 * it writes, so that `from` may be the second half of the room at `to`.
 */
export function widenHalf(from: usize, to: usize, count: i32): bool {
  const fours = count & ~3;
  let carried = i32x4.splat(0); // one more than an exponent of all ones carries into the sign bit
  for (let i = 0; i < fours; i += 4) {
    const half = v128.load_ext<u16>(from + ((<usize>i) << 1));
    const magnitude = v128.and(half, i32x4.splat(MAGNITUDE));
    const value = f32x4.mul(i32x4.shl(magnitude, FRACTION_SHIFT), f32x4.splat(RESCALE));
    const sign = i32x4.shl(v128.and(half, i32x4.splat(SIGN)), SIGN_SHIFT);
    carried = v128.or(carried, i32x4.add(v128.and(half, i32x4.splat(EXPONENT)), i32x4.splat(EXPONENT_UNIT)));
    v128.store(to + ((<usize>i) << 2), v128.or(value, sign));
  }
  let rest = 0;
  for (let i = fours; i < count; i++) {
    const half = <i32>load<u16>(from + ((<usize>i) << 1));
    const value = reinterpret<f32>((half & MAGNITUDE) << FRACTION_SHIFT) * RESCALE;
    store<i32>(to + ((<usize>i) << 2), reinterpret<i32>(value) | ((half & SIGN) << SIGN_SHIFT));
    rest |= (half & EXPONENT) + EXPONENT_UNIT;
  }
  return !v128.any_true(v128.and(carried, i32x4.splat(SIGN))) && (rest & SIGN) === 0;
}
