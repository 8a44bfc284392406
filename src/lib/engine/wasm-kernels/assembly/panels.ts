/**
 * Products with weights that lie in panels: 8 columns of B at a time, all their rows in one run of memory, so that B is
 * read from the first byte to the last and never packed.
 */
import { multiplyPanel } from './matmul';
import { PANEL, packRows } from './pack';
import { tile1By4 } from './tiles';

/** Rows of a panel that are multiplied at a time: 4 kB of it, and as much of 8 rows of A, stay in the first-level cache. */
const BLOCK: i32 = 128;
const PANEL_ROW_BYTES: usize = 32;

/** Columns 8 `first` to 8 `last` of C[m, 8 panels] = A[m, k] · B + bias; B [panels, k, 8]; bias of 8 panels numbers. */
export function multiplyPanels(
  m: i32,
  k: i32,
  a: usize,
  panels: usize,
  bias: usize,
  c: usize,
  ldc: usize,
  first: i32,
  last: i32
): void {
  const lda = (<usize>k) << 2;
  const bytes = <usize>k * PANEL_ROW_BYTES;
  let panel = first;
  for (; m === 1 && panel + 4 <= last; panel += 4) {
    const column = <usize>panel * PANEL_ROW_BYTES;
    tile1By4(a, panels + <usize>panel * bytes, bytes, k, c + column, bias + column);
  }
  for (; panel < last; panel++) {
    const from = panels + <usize>panel * bytes;
    const column = <usize>panel * PANEL_ROW_BYTES;
    for (let k0 = 0; k0 < k; k0 += BLOCK) {
      const init = k0 > 0 ? 0 : bias + column;
      const at = from + <usize>k0 * PANEL_ROW_BYTES;
      multiplyPanel(m, a + ((<usize>k0) << 2), lda, at, min(BLOCK, k - k0), c + column, ldc, init);
    }
  }
}

/** Panels `first` to `last` of B[k, n], written to `out` [panels, k, 8]; ldb: bytes from one row of B to the next. */
export function layOut(k: i32, b: usize, ldb: usize, out: usize, first: i32, last: i32): void {
  const from = b + <usize>(first * PANEL) * 4;
  packRows(from, ldb, k, last - first, out + <usize>first * <usize>k * PANEL_ROW_BYTES);
}
