import { PANEL, packColumns, packRows } from './pack';
import { tile1, tile2, tile4, tile6 } from './tiles';
import { load1 } from './widen';

/** Columns that one chunk of a product covers: four panels, two cache lines of each row of B. */
export const CHUNK: i32 = 32;
/** Rows of B that are packed at a time: a panel of them is 8 kB and stays in the first-level cache. */
const BLOCK: i32 = 256;
/** Bytes of scratch that a thread needs: one packed block of a chunk, and 8 zeros in front. */
export const SCRATCH_BYTES: i32 = CHUNK * BLOCK * 4 + 32;

/** C = init, or C itself where that is 0, + all rows of A times one panel. */
export function multiplyPanel(
  m: i32,
  a: usize,
  lda: usize,
  panel: usize,
  kc: i32,
  c: usize,
  ldc: usize,
  init: usize
): void {
  let row = 0;
  if (ASC_FEATURE_RELAXED_SIMD) {
    for (; row + 6 <= m; row += 6) tile6(a + row * lda, lda, panel, kc, c + row * ldc, ldc, init);
  }
  for (; row + 4 <= m; row += 4) tile4(a + row * lda, lda, panel, kc, c + row * ldc, ldc, init);
  for (; row + 2 <= m; row += 2) tile2(a + row * lda, lda, panel, kc, c + row * ldc, ldc, init);
  if (row < m) tile1(a + row * lda, panel, kc, c + row * ldc, init);
}

/** One element of a product, for columns that do not fill a vector; `step`: bytes between two of B's numbers. */
export function element<B>(k: i32, a: usize, b: usize, step: usize): f32 {
  let sum: f32 = 0;
  for (let i = 0; i < k; i++) {
    sum += f32.load(a) * load1<B>(b);
    a += 4;
    b += step;
  }
  return sum;
}

/**
 * Columns n0 to n1 of C[m, n] = A[m, k] · B + bias. B is [k, n], or with `transposed` [n, k]; ld: bytes from one row
 * to the next; bias: address of n numbers, or 0 for none. B is of f32, or of u16 for float16, which must be transposed.
 */
export function multiply<B>(
  m: i32,
  k: i32,
  a: usize,
  lda: usize,
  b: usize,
  ldb: usize,
  transposed: bool,
  c: usize,
  ldc: usize,
  bias: usize,
  n0: i32,
  n1: i32,
  scratch: usize
): void {
  const zeros = scratch;
  const packed = scratch + 32;
  v128.store(zeros, f32x4.splat(0));
  v128.store(zeros, f32x4.splat(0), 16);
  const columnStep: usize = transposed ? ldb : sizeof<B>();
  const rowStep: usize = transposed ? sizeof<B>() : ldb;
  const panelsEnd = n0 + ((n1 - n0) & ~(PANEL - 1));
  for (let n = n0; n < panelsEnd; n += CHUNK) {
    const panels = min(CHUNK, panelsEnd - n) / PANEL;
    for (let k0 = 0; k0 < k; k0 += BLOCK) {
      const kc = min(BLOCK, k - k0);
      const from = b + <usize>n * columnStep + <usize>k0 * rowStep;
      if (transposed) packColumns<B>(from, ldb, kc, panels, packed);
      else packRows<f32>(from, ldb, kc, panels, packed);
      for (let panel = 0; panel < panels; panel++) {
        const column = (<usize>(n + panel * PANEL)) << 2;
        const init = k0 > 0 ? 0 : bias ? bias + column : zeros;
        const at = packed + ((<usize>(panel * kc)) << 5);
        multiplyPanel(m, a + ((<usize>k0) << 2), lda, at, kc, c + column, ldc, init);
      }
    }
  }
  for (let n = panelsEnd; n < n1; n++) {
    const column = (<usize>n) << 2;
    const start: f32 = bias ? f32.load(bias + column) : 0;
    for (let row = 0; row < m; row++) {
      const sum = element<B>(k, a + row * lda, b + <usize>n * columnStep, rowStep);
      f32.store(c + row * ldc + column, start + sum);
    }
  }
}
