/** Attention of one new position, with the keys and values of those before it kept in the order in which they came. */
import { softmaxRow } from './attention';
import { dotOne } from './dots';
import { element } from './matmul';
import { madd } from './simd';

const FOUR_VECTORS: usize = 64; // bytes

/** out[columns] = weights[0..count) · rows, at most `bytes` of each row; ld: bytes from one row to the next. */
function weighRows(count: i32, weights: usize, rows: usize, ld: usize, bytes: usize, out: usize): void {
  let at: usize = 0;
  for (; at + FOUR_VECTORS <= bytes; at += FOUR_VECTORS) {
    let s0 = f32x4.splat(0);
    let s1 = f32x4.splat(0);
    let s2 = f32x4.splat(0);
    let s3 = f32x4.splat(0);
    let row = rows + at;
    for (let i = 0; i < count; i++) {
      const weight = v128.load32_splat(weights + ((<usize>i) << 2));
      s0 = madd(weight, v128.load(row), s0);
      s1 = madd(weight, v128.load(row, 16), s1);
      s2 = madd(weight, v128.load(row, 32), s2);
      s3 = madd(weight, v128.load(row, 48), s3);
      row += ld;
    }
    v128.store(out + at, s0);
    v128.store(out + at, s1, 16);
    v128.store(out + at, s2, 32);
    v128.store(out + at, s3, 48);
  }
  for (; at < bytes; at += 4) f32.store(out + at, element<f32>(count, weights, rows + at, ld));
}

/**
 * Takes a head's new key and value into the cache, and attends with its query to the positions from `first` to the new
 * one, which is the last of `T`. q, k, v, keys, values and z are addresses of the head's first column, `width` numbers
 * from one row to the next; pattern is the address of `capacity` numbers.
 */
export function attendNext(
  T: i32,
  first: i32,
  capacity: i32,
  d_head: i32,
  width: i32,
  q: usize,
  k: usize,
  v: usize,
  keys: usize,
  values: usize,
  pattern: usize,
  z: usize
): void {
  const ld = (<usize>width) << 2;
  const bytes = (<usize>d_head) << 2;
  const vectors = bytes & ~15;
  const rest = d_head & 3;
  const own = <usize>(T - 1) * ld;
  memory.copy(keys + own, k, bytes);
  memory.copy(values + own, v, bytes);
  memory.fill(pattern, 0, (<usize>capacity) << 2);
  for (let t = first; t < T; t++) {
    const key = keys + <usize>t * ld;
    let score = dotOne<f32>(q, key, vectors);
    if (rest > 0) score += element<f32>(rest, q + vectors, key + vectors, 4);
    f32.store(pattern + ((<usize>t) << 2), score);
  }
  const seen = T - first;
  const weights = pattern + ((<usize>first) << 2);
  softmaxRow(seen, seen, 1 / sqrt<f32>(<f32>d_head), 0, weights, weights);
  weighRows(seen, weights, values + <usize>first * ld, ld, bytes, z);
}
