import { inBytes, load1, load4 } from './widen';

/** Columns of a panel: what one tile multiplies at a time. */
export const PANEL: i32 = 8;
const PANEL_BYTES: usize = 32;

/**
 * Copies kc rows of `panels` times 8 columns, so that each panel stands by itself, 8 numbers of a row side by side.
 * b is the address of the first element, ldb bytes from one row to the next. Float16 (u16) stays so.
 */
export function packRows<B>(b: usize, ldb: usize, kc: i32, panels: i32, out: usize): void {
  const row = inBytes<B>(PANEL_BYTES);
  const panelStride = <usize>kc * row;
  for (let k = 0; k < kc; k++) {
    let from = b;
    let to = out;
    for (let panel = 0; panel < panels; panel++) {
      v128.store(to, v128.load(from));
      if (sizeof<B>() === 4) v128.store(to, v128.load(from, 16), 16);
      from += row;
      to += panelStride;
    }
    b += ldb;
    out += row;
  }
}

/** Writes the transpose of 4 rows of 4 numbers as float32, at intervals of a panel's row. */
function transpose4<B>(b: usize, ldb: usize, out: usize): void {
  const r0 = load4<B>(b);
  const r1 = load4<B>(b + ldb);
  const r2 = load4<B>(b + 2 * ldb);
  const r3 = load4<B>(b + 3 * ldb);
  const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
  const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
  const high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
  const high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
  v128.store(out, v128.shuffle<f64>(low01, low23, 0, 2));
  v128.store(out, v128.shuffle<f64>(low01, low23, 1, 3), 32);
  v128.store(out, v128.shuffle<f64>(high01, high23, 0, 2), 64);
  v128.store(out, v128.shuffle<f64>(high01, high23, 1, 3), 96);
}

/** As `packRows` and to float32, of a matrix whose rows are the columns: b is the address of the first of `panels` times 8 rows. */
export function packColumns<B>(b: usize, ldb: usize, kc: i32, panels: i32, out: usize): void {
  const whole = kc & ~3;
  for (let panel = 0; panel < panels; panel++) {
    for (let k = 0; k < whole; k += 4) {
      const from = b + inBytes<B>((<usize>k) << 2);
      const to = out + <usize>k * PANEL_BYTES;
      transpose4<B>(from, ldb, to);
      transpose4<B>(from + 4 * ldb, ldb, to + 16);
    }
    for (let k = whole; k < kc; k++) {
      for (let column = 0; column < PANEL; column++) {
        const value = load1<B>(b + <usize>column * ldb + inBytes<B>((<usize>k) << 2));
        f32.store(out + <usize>k * PANEL_BYTES + ((<usize>column) << 2), value);
      }
    }
    b += ldb * PANEL;
    out += <usize>kc * PANEL_BYTES;
  }
}
