/** Small vector helpers. All addresses are in the memory of the TensorFlow.js backend, in bytes; floats are 32-bit. */

/** a·b + c; with one rounding where the build may use the machine's fused multiply-add. */
export function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

export function sumLanes(x: v128): f32 {
  const low = f32x4.extract_lane(x, 0) + f32x4.extract_lane(x, 1);
  return low + (f32x4.extract_lane(x, 2) + f32x4.extract_lane(x, 3));
}

export function maxLanes(x: v128): f32 {
  const low = max(f32x4.extract_lane(x, 0), f32x4.extract_lane(x, 1));
  return max(low, max(f32x4.extract_lane(x, 2), f32x4.extract_lane(x, 3)));
}

// exp(x) = 2^n · exp(r), r = x - n ln 2 in [-ln 2 / 2, ln 2 / 2]; the polynomial is Cephes' expf (Moshier), 1e-7.
const LOG2_E: f32 = 1.44269504;
const LN2_HIGH: f32 = 0.693359375;
const LN2_LOW: f32 = -2.1219444e-4;
const LOWEST: f32 = -87.0; // exp of less would not be a normal float32
const HIGHEST: f32 = 88.0;
const EXPONENT_BIAS: i32 = 127;
const MANTISSA_BITS: i32 = 23;

/** exp of four numbers, to a relative error of 2e-7; inputs below -87 count as -87, above 88 as 88. */
export function exp4(input: v128): v128 {
  const x = f32x4.max(f32x4.min(input, f32x4.splat(HIGHEST)), f32x4.splat(LOWEST));
  const n = f32x4.nearest(f32x4.mul(x, f32x4.splat(LOG2_E)));
  let r = f32x4.sub(x, f32x4.mul(n, f32x4.splat(LN2_HIGH)));
  r = f32x4.sub(r, f32x4.mul(n, f32x4.splat(LN2_LOW)));
  let p = f32x4.splat(1.98756915e-4);
  p = madd(p, r, f32x4.splat(1.3981999507e-3));
  p = madd(p, r, f32x4.splat(8.3334519073e-3));
  p = madd(p, r, f32x4.splat(4.1665795894e-2));
  p = madd(p, r, f32x4.splat(1.6666665459e-1));
  p = madd(p, r, f32x4.splat(5.0000001201e-1));
  p = f32x4.add(madd(p, f32x4.mul(r, r), r), f32x4.splat(1));
  const power = i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(EXPONENT_BIAS));
  return f32x4.mul(p, i32x4.shl(power, MANTISSA_BITS));
}

/** exp of one number, the same as `exp4`'s. */
export function exp1(x: f32): f32 {
  return f32x4.extract_lane(exp4(f32x4.splat(x)), 0);
}
