import { multiply } from './matmul';
import { exp1, exp4, maxLanes, sumLanes } from './simd';

/** Queries that are multiplied at a time: keys after the last of them are left out. */
export const QUERIES: i32 = 48;

/**
 * Turns one row of q·k into scores and probabilities, in place and into `pattern`. Keys from `seen` on get `masked`
 * and 0. Both may be the same row.
 */
export function softmaxRow(T: i32, seen: i32, scale: f32, masked: f32, scores: usize, pattern: usize): void {
  const whole = (<usize>(seen & ~3)) << 2;
  const end = (<usize>seen) << 2;
  const rowEnd = (<usize>T) << 2;
  const scales = f32x4.splat(scale);
  let highest: f32 = -Infinity;
  let highests = f32x4.splat(-Infinity);
  for (let i: usize = 0; i < whole; i += 16) {
    const score = f32x4.mul(v128.load(scores + i), scales);
    v128.store(scores + i, score);
    highests = f32x4.max(highests, score);
  }
  for (let i = whole; i < end; i += 4) {
    const score = f32.load(scores + i) * scale;
    f32.store(scores + i, score);
    highest = max(highest, score);
  }
  highest = max(highest, maxLanes(highests));

  let sums = f32x4.splat(0);
  let sum: f32 = 0;
  for (let i: usize = 0; i < whole; i += 16) {
    const e = exp4(f32x4.sub(v128.load(scores + i), f32x4.splat(highest)));
    v128.store(pattern + i, e);
    sums = f32x4.add(sums, e);
  }
  for (let i = whole; i < end; i += 4) {
    const e = exp1(f32.load(scores + i) - highest);
    f32.store(pattern + i, e);
    sum += e;
  }
  const inverse: f32 = 1 / (sum + sumLanes(sums));

  for (let i: usize = 0; i < whole; i += 16) {
    v128.store(pattern + i, f32x4.mul(v128.load(pattern + i), f32x4.splat(inverse)));
  }
  for (let i = whole; i < end; i += 4) f32.store(pattern + i, f32.load(pattern + i) * inverse);
  for (let i = end; i < rowEnd; i += 4) {
    f32.store(scores + i, masked);
    f32.store(pattern + i, 0);
  }
}

/**
 * Causal attention of one head. q, k, v and z are addresses of the head's first column in [T, width] matrices, scores
 * and pattern of its own [T, T].
 */
export function attendHead(
  T: i32,
  d_head: i32,
  width: i32,
  masked: f32,
  q: usize,
  k: usize,
  v: usize,
  scores: usize,
  pattern: usize,
  z: usize,
  scratch: usize
): void {
  const ld = (<usize>width) << 2;
  const row = (<usize>T) << 2;
  const scale: f32 = 1 / sqrt<f32>(<f32>d_head);
  for (let first = 0; first < T; first += QUERIES) {
    const count = min(QUERIES, T - first);
    const keys = first + count;
    const queries = q + <usize>first * ld;
    const scored = scores + <usize>first * row;
    const weighted = pattern + <usize>first * row;
    multiply<f32>(count, d_head, queries, ld, k, ld, true, scored, row, 0, 0, keys, scratch);
    for (let i = 0; i < count; i++) {
      softmaxRow(T, first + i + 1, scale, masked, scored + <usize>i * row, weighted + <usize>i * row);
    }
    multiply<f32>(count, keys, weighted, row, v, ld, false, z + <usize>first * ld, ld, 0, 0, d_head, scratch);
  }
}
