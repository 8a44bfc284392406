/**
 * Products of a few rows with a transposed B, where reading B from memory takes longer than computing: B is not packed,
 * and each of its rows is read once, from the first byte to the last.
 */
import { element } from './matmul';
import { madd, sumLanes } from './simd';
import { inBytes, load4, loadNext4 } from './widen';

/** Rows of A up to which these are used. */
export const FEW: i32 = 8;

/** Eight dot products: eight rows of A with one row of B, of the first `bytes` of each, a multiple of 16. */
function eightByOne<B>(a: usize, lda: usize, b: usize, bytes: usize, c: usize, ldc: usize): void {
  const a1 = a + lda;
  const a2 = a1 + lda;
  const a3 = a2 + lda;
  const a4 = a3 + lda;
  const a5 = a4 + lda;
  const a6 = a5 + lda;
  const a7 = a6 + lda;
  let s0 = f32x4.splat(0);
  let s1 = f32x4.splat(0);
  let s2 = f32x4.splat(0);
  let s3 = f32x4.splat(0);
  let s4 = f32x4.splat(0);
  let s5 = f32x4.splat(0);
  let s6 = f32x4.splat(0);
  let s7 = f32x4.splat(0);
  for (let i: usize = 0; i < bytes; i += 16) {
    const w = load4<B>(b + inBytes<B>(i));
    s0 = madd(v128.load(a + i), w, s0);
    s1 = madd(v128.load(a1 + i), w, s1);
    s2 = madd(v128.load(a2 + i), w, s2);
    s3 = madd(v128.load(a3 + i), w, s3);
    s4 = madd(v128.load(a4 + i), w, s4);
    s5 = madd(v128.load(a5 + i), w, s5);
    s6 = madd(v128.load(a6 + i), w, s6);
    s7 = madd(v128.load(a7 + i), w, s7);
  }
  f32.store(c, sumLanes(s0));
  f32.store(c + ldc, sumLanes(s1));
  f32.store(c + 2 * ldc, sumLanes(s2));
  f32.store(c + 3 * ldc, sumLanes(s3));
  f32.store(c + 4 * ldc, sumLanes(s4));
  f32.store(c + 5 * ldc, sumLanes(s5));
  f32.store(c + 6 * ldc, sumLanes(s6));
  f32.store(c + 7 * ldc, sumLanes(s7));
}

/**
 * Eight dot products: four rows of A with two neighbouring rows of B, of the first `bytes` of each, a multiple of 16.
 * Eight sums that do not wait for each other keep two multipliers busy.
 */
function fourByTwo<B>(a: usize, lda: usize, b: usize, ldb: usize, bytes: usize, c: usize, ldc: usize): void {
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
    const w = load4<B>(b + inBytes<B>(i));
    const v = load4<B>(d + inBytes<B>(i));
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
export function dotOne<B>(a: usize, b: usize, bytes: usize): f32 {
  let s0 = f32x4.splat(0);
  let s1 = f32x4.splat(0);
  let i: usize = 0;
  for (; i + 32 <= bytes; i += 32) {
    const at = b + inBytes<B>(i);
    s0 = madd(v128.load(a + i), load4<B>(at), s0);
    s1 = madd(v128.load(a + i, 16), loadNext4<B>(at), s1);
  }
  if (i < bytes) s0 = madd(v128.load(a + i), load4<B>(b + inBytes<B>(i)), s0);
  return sumLanes(f32x4.add(s0, s1));
}

/**
 * Four dot products of one row: with four rows of B that are `apart` bytes from each other, so that memory is fetched
 * from four places at once; their results are `step` bytes from each other.
 */
function oneByFour<B>(a: usize, b: usize, apart: usize, bytes: usize, c: usize, step: usize): void {
  const b1 = b + apart;
  const b2 = b1 + apart;
  const b3 = b2 + apart;
  let s0 = f32x4.splat(0);
  let s1 = f32x4.splat(0);
  let s2 = f32x4.splat(0);
  let s3 = f32x4.splat(0);
  for (let i: usize = 0; i < bytes; i += 16) {
    const x = v128.load(a + i);
    const at = inBytes<B>(i);
    s0 = madd(x, load4<B>(b + at), s0);
    s1 = madd(x, load4<B>(b1 + at), s1);
    s2 = madd(x, load4<B>(b2 + at), s2);
    s3 = madd(x, load4<B>(b3 + at), s3);
  }
  f32.store(c, sumLanes(s0));
  f32.store(c + step, sumLanes(s1));
  f32.store(c + 2 * step, sumLanes(s2));
  f32.store(c + 3 * step, sumLanes(s3));
}

/** Columns n0 to n1 of C[1, n] = A[1, k] · B[n, k]ᵀ. */
function dotOneRow<B>(k: i32, a: usize, b: usize, ldb: usize, c: usize, n0: i32, n1: i32): void {
  const bytes = (<usize>(k & ~3)) << 2;
  const rest = k & 3;
  const quarter = (n1 - n0) >> 2;
  const apart = <usize>quarter * ldb;
  const step = (<usize>quarter) << 2;
  let n = n0;
  for (; n < n0 + quarter; n++)
    oneByFour<B>(a, b + <usize>n * ldb, apart, bytes, c + ((<usize>n) << 2), step);
  for (n += 3 * quarter; n < n1; n++)
    f32.store(c + ((<usize>n) << 2), dotOne<B>(a, b + <usize>n * ldb, bytes));
  for (n = n0; rest > 0 && n < n1; n++) {
    addRest<B>(1, rest, a + bytes, 0, b + <usize>n * ldb + inBytes<B>(bytes), c + ((<usize>n) << 2), 0);
  }
}

/** What is left of a column's sums after the last whole vector of k: `rest` numbers of each row. */
function addRest<B>(m: i32, rest: i32, a: usize, lda: usize, b: usize, c: usize, ldc: usize): void {
  for (let row = 0; row < m; row++) {
    const at = c + row * ldc;
    f32.store(at, f32.load(at) + element<B>(rest, a + row * lda, b, sizeof<B>()));
  }
}

/** Columns n0 to n1 of C[m, n] = A[m, k] · B[n, k]ᵀ, m at most FEW; B of f32, or of u16 for float16. */
export function dotFew<B>(
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
  if (m === 1) return dotOneRow<B>(k, a, b, ldb, c, n0, n1);
  const bytes = (<usize>(k & ~3)) << 2;
  const rest = k & 3;
  const pairs = m === FEW ? n0 : n0 + ((n1 - n0) & ~1);
  const fours = m === FEW ? 0 : m & ~3;
  for (let n = n0; n < n1; n++) {
    const from = b + <usize>n * ldb;
    const to = c + ((<usize>n) << 2);
    const inPair = n < pairs;
    if (m === FEW) eightByOne<B>(a, lda, from, bytes, to, ldc);
    else if (inPair && ((n - n0) & 1) === 0 && fours > 0) fourByTwo<B>(a, lda, from, ldb, bytes, to, ldc);
    for (let row = m === FEW ? m : inPair ? fours : 0; row < m; row++) {
      f32.store(to + row * ldc, dotOne<B>(a + row * lda, from, bytes));
    }
    if (rest > 0) addRest<B>(m, rest, a + bytes, lda, from + inBytes<B>(bytes), to, ldc);
  }
}
