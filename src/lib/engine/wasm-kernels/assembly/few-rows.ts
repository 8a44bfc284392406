/**
 * Products of a few rows, where reading B from memory takes longer than computing: B is not packed, and read once, in
 * the order in which it lies.
 */
import { element } from './matmul';
import { madd, sumLanes } from './simd';

/** Rows of A up to which these are used. */
export const FEW: i32 = 8;

/** c += four numbers of a row of A times four rows of B, for columns at bytes `start` to `end`. */
function addOne(a: usize, b: usize, ldb: usize, c: usize, start: usize, end: usize): void {
  const x0 = v128.load32_splat(a);
  const x1 = v128.load32_splat(a, 4);
  const x2 = v128.load32_splat(a, 8);
  const x3 = v128.load32_splat(a, 12);
  const b1 = b + ldb;
  const b2 = b1 + ldb;
  const b3 = b2 + ldb;
  for (let n = start; n < end; n += 16) {
    let sum = madd(x0, v128.load(b + n), v128.load(c + n));
    sum = madd(x1, v128.load(b1 + n), sum);
    sum = madd(x2, v128.load(b2 + n), sum);
    v128.store(c + n, madd(x3, v128.load(b3 + n), sum));
  }
}

/** As `addOne` of two rows of A and C at once. */
function addTwo(
  a: usize,
  lda: usize,
  b: usize,
  ldb: usize,
  c: usize,
  ldc: usize,
  start: usize,
  end: usize
): void {
  const x0 = v128.load32_splat(a);
  const x1 = v128.load32_splat(a, 4);
  const x2 = v128.load32_splat(a, 8);
  const x3 = v128.load32_splat(a, 12);
  const y0 = v128.load32_splat(a + lda);
  const y1 = v128.load32_splat(a + lda, 4);
  const y2 = v128.load32_splat(a + lda, 8);
  const y3 = v128.load32_splat(a + lda, 12);
  const b1 = b + ldb;
  const b2 = b1 + ldb;
  const b3 = b2 + ldb;
  const d = c + ldc;
  for (let n = start; n < end; n += 16) {
    let w = v128.load(b + n);
    let sum = madd(x0, w, v128.load(c + n));
    let other = madd(y0, w, v128.load(d + n));
    w = v128.load(b1 + n);
    sum = madd(x1, w, sum);
    other = madd(y1, w, other);
    w = v128.load(b2 + n);
    sum = madd(x2, w, sum);
    other = madd(y2, w, other);
    w = v128.load(b3 + n);
    v128.store(c + n, madd(x3, w, sum));
    v128.store(d + n, madd(y3, w, other));
  }
}

/** c += one number of a row of A times one row of B. */
function addLast(a: usize, b: usize, c: usize, start: usize, end: usize): void {
  const x = v128.load32_splat(a);
  for (let n = start; n < end; n += 16) v128.store(c + n, madd(x, v128.load(b + n), v128.load(c + n)));
}

/** Columns n0 to n1 of C[m, n] = A[m, k] · B[k, n] + bias; ld: bytes from one row to the next; bias may be 0. */
export function multiplyFew(
  m: i32,
  k: i32,
  a: usize,
  lda: usize,
  b: usize,
  ldb: usize,
  c: usize,
  ldc: usize,
  bias: usize,
  n0: i32,
  n1: i32
): void {
  const whole = n0 + ((n1 - n0) & ~3);
  const start = (<usize>n0) << 2;
  const end = (<usize>whole) << 2;
  for (let row = 0; row < m; row++) {
    const to = c + row * ldc;
    for (let n = start; n < end; n += 16) v128.store(to + n, bias ? v128.load(bias + n) : f32x4.splat(0));
    for (let n = whole; n < n1; n++) {
      const column = (<usize>n) << 2;
      const sum = element(k, a + row * lda, b + column, ldb);
      f32.store(to + column, bias ? f32.load(bias + column) + sum : sum);
    }
  }
  let i = 0;
  for (; i + 4 <= k; i += 4) {
    const from = a + ((<usize>i) << 2);
    const rows = b + <usize>i * ldb;
    let row = 0;
    for (; row + 2 <= m; row += 2) addTwo(from + row * lda, lda, rows, ldb, c + row * ldc, ldc, start, end);
    if (row < m) addOne(from + row * lda, rows, ldb, c + row * ldc, start, end);
  }
  for (; i < k; i++) {
    const from = a + ((<usize>i) << 2);
    for (let row = 0; row < m; row++)
      addLast(from + row * lda, b + <usize>i * ldb, c + row * ldc, start, end);
  }
}

/**
 * Eight dot products: four rows of A with two neighbouring rows of B, of the first `bytes` of each, a multiple of 16.
 * Eight sums that do not wait for each other keep two multipliers busy.
 */
function dotEight(a: usize, lda: usize, b: usize, ldb: usize, bytes: usize, c: usize, ldc: usize): void {
  const a1 = a + lda;
  const a2 = a1 + lda;
  const a3 = a2 + lda;
  const d = b + ldb;
  let s0 = f32x4.splat(0);
  let s1 = f32x4.splat(0);
  let s2 = f32x4.splat(0);
  let s3 = f32x4.splat(0);
  let t0 = f32x4.splat(0);
  let t1 = f32x4.splat(0);
  let t2 = f32x4.splat(0);
  let t3 = f32x4.splat(0);
  for (let i: usize = 0; i < bytes; i += 16) {
    const w = v128.load(b + i);
    const v = v128.load(d + i);
    let x = v128.load(a + i);
    s0 = madd(x, w, s0);
    t0 = madd(x, v, t0);
    x = v128.load(a1 + i);
    s1 = madd(x, w, s1);
    t1 = madd(x, v, t1);
    x = v128.load(a2 + i);
    s2 = madd(x, w, s2);
    t2 = madd(x, v, t2);
    x = v128.load(a3 + i);
    s3 = madd(x, w, s3);
    t3 = madd(x, v, t3);
  }
  storeSums(c, s0, t0);
  storeSums(c + ldc, s1, t1);
  storeSums(c + 2 * ldc, s2, t2);
  storeSums(c + 3 * ldc, s3, t3);
}

function storeSums(c: usize, s: v128, t: v128): void {
  f32.store(c, sumLanes(s));
  f32.store(c, sumLanes(t), 4);
}

/** One dot product, of `bytes` of each, a multiple of 16; with two sums so that they need not wait for each other. */
export function dotOne(a: usize, b: usize, bytes: usize): f32 {
  let s0 = f32x4.splat(0);
  let s1 = f32x4.splat(0);
  let i: usize = 0;
  for (; i + 32 <= bytes; i += 32) {
    s0 = madd(v128.load(a + i), v128.load(b + i), s0);
    s1 = madd(v128.load(a + i, 16), v128.load(b + i, 16), s1);
  }
  if (i < bytes) s0 = madd(v128.load(a + i), v128.load(b + i), s0);
  return sumLanes(f32x4.add(s0, s1));
}

/** Columns n0 to n1 of C[m, n] = A[m, k] · B[n, k]ᵀ. */
export function dotFew(
  m: i32,
  k: i32,
  a: usize,
  lda: usize,
  b: usize,
  ldb: usize,
  c: usize,
  ldc: usize,
  n0: i32,
  n1: i32
): void {
  const bytes = (<usize>(k & ~3)) << 2;
  const rest = k & 3;
  const fours = m & ~3;
  const pairs = n0 + ((n1 - n0) & ~1);
  for (let n = n0; n < n1; n++) {
    const from = b + <usize>n * ldb;
    const to = c + ((<usize>n) << 2);
    const inPair = n < pairs;
    if (inPair && ((n - n0) & 1) === 0) {
      for (let row = 0; row < fours; row += 4) {
        dotEight(a + row * lda, lda, from, ldb, bytes, to + row * ldc, ldc);
      }
    }
    for (let row = inPair ? fours : 0; row < m; row++) {
      f32.store(to + row * ldc, dotOne(a + row * lda, from, bytes));
    }
    for (let row = 0; rest > 0 && row < m; row++) {
      const at = to + row * ldc;
      f32.store(at, f32.load(at) + element(rest, a + row * lda + bytes, from + bytes, 4));
    }
  }
}
