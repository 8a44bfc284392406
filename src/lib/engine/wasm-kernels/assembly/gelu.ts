import { exp4 } from './simd';

const CUBIC: f32 = 0.044715; // Hendrycks and Gimpel (2016)
const MINUS_TWICE_SQRT_2_OVER_PI: f32 = -1.5957691216057308;

/** x sigmoid(2 sqrt(2/π) (x + 0.044715 x³)): the tanh form of GELU, of four numbers. */
function gelu4(x: v128): v128 {
  const cubed = f32x4.mul(x, f32x4.mul(x, x));
  const inner = f32x4.add(x, f32x4.mul(cubed, f32x4.splat(CUBIC)));
  const e = exp4(f32x4.mul(inner, f32x4.splat(MINUS_TWICE_SQRT_2_OVER_PI)));
  return f32x4.div(x, f32x4.add(f32x4.splat(1), e));
}

/** The tanh GELU of `count` numbers. */
export function gelu(count: i32, x: usize, out: usize): void {
  const whole = (<usize>(count & ~3)) << 2;
  const end = (<usize>count) << 2;
  for (let i: usize = 0; i < whole; i += 16) v128.store(out + i, gelu4(v128.load(x + i)));
  for (let i = whole; i < end; i += 4) {
    f32.store(out + i, f32x4.extract_lane(gelu4(v128.load32_splat(x + i)), 0));
  }
}
