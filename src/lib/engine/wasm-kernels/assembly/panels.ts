/**
 * Products with weights that lie in panels: 8 columns of B at a time, all their rows in one run of memory, so that B is
 * read from the first byte to the last and never packed.
 */
import { multiplyPanel } from './matmul';
import { PANEL, packRows } from './pack';
import { tile1By4 } from './tiles';
import { inBytes, widenEights } from './widen';

/** Rows of a panel that are multiplied at a time: 4 kB of it, and as much of 8 rows of A, stay in the first-level cache. */
const BLOCK: i32 = 128;
const PANEL_ROW_BYTES: usize = 32;

/**
 * Columns 8 `first` to 8 `last` of C[m, 8 panels] = A[m, k] · B + bias; B [panels, k, 8] of f32, or of u16 for float16; bias of
 * 8 panels numbers. Of float16 each block is widened once, for all rows.
 */
export function multiplyPanels<B>(
  m: i32,
  k: i32,
  a: usize,
  panels: usize,
  bias: usize,
  c: usize,
  ldc: usize,
  first: i32,
  last: i32,
  scratch: usize
): void {
  const lda = (<usize>k) << 2;
  const bytes = inBytes<B>(<usize>k * PANEL_ROW_BYTES);
  let panel = first;
  for (; m === 1 && panel + 4 <= last; panel += 4) {
    const column = <usize>panel * PANEL_ROW_BYTES;
    tile1By4<B>(a, panels + <usize>panel * bytes, bytes, k, c + column, bias + column);
  }
  for (; panel < last; panel++) {
    const from = panels + <usize>panel * bytes;
    const column = <usize>panel * PANEL_ROW_BYTES;
    for (let k0 = 0; k0 < k; k0 += BLOCK) {
      const init = k0 > 0 ? 0 : bias + column;
      const at = from + inBytes<B>(<usize>k0 * PANEL_ROW_BYTES);
      const kc = min(BLOCK, k - k0);
      if (sizeof<B>() === 2) widenEights(at, scratch, kc * PANEL);
      const block = sizeof<B>() === 2 ? scratch : at;
      multiplyPanel(m, a + ((<usize>k0) << 2), lda, block, kc, c + column, ldc, init);
    }
  }
}

/** Panels `first` to `last` of B[k, n], written to `out` [panels, k, 8]; ldb: bytes from one row of B to the next. */
export function layOut<B>(k: i32, b: usize, ldb: usize, out: usize, first: i32, last: i32): void {
  const row = inBytes<B>(PANEL_ROW_BYTES);
  packRows<B>(b + <usize>first * row, ldb, k, last - first, out + <usize>first * <usize>k * row);
}
