import { madd } from './simd';
import { inBytes, load4, loadNext4 } from './widen';

/**
 * The heart of every product: some rows of A times a packed panel of 8 columns of B, held in registers.
 *
 *     C[rows, 8] = init + A[rows, kc] · panel[kc, 8]
 *
 * a and c are the addresses of the tile's first element, lda and ldc bytes from one row to the next; `init` is the
 * address of 8 numbers that every row starts with, or 0 to continue from what C holds.
 *
 * Six rows fit the 16 vector registers only with fused multiply-add; without it, the sum's operand takes one more.
 */
export function tile6(a: usize, lda: usize, panel: usize, kc: i32, c: usize, ldc: usize, init: usize): void {
  const a1 = a + lda;
  const a2 = a1 + lda;
  const a3 = a2 + lda;
  const a4 = a3 + lda;
  const a5 = a4 + lda;
  const from = init ? init : c;
  const step: usize = init ? 0 : ldc;
  let s00 = v128.load(from);
  let s01 = v128.load(from, 16);
  let s10 = v128.load(from + step);
  let s11 = v128.load(from + step, 16);
  let s20 = v128.load(from + 2 * step);
  let s21 = v128.load(from + 2 * step, 16);
  let s30 = v128.load(from + 3 * step);
  let s31 = v128.load(from + 3 * step, 16);
  let s40 = v128.load(from + 4 * step);
  let s41 = v128.load(from + 4 * step, 16);
  let s50 = v128.load(from + 5 * step);
  let s51 = v128.load(from + 5 * step, 16);
  const end = (<usize>kc) << 2;
  let b = panel;
  for (let k: usize = 0; k < end; k += 4) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    b += 32;
    let x = v128.load32_splat(a + k);
    s00 = madd(x, b0, s00);
    s01 = madd(x, b1, s01);
    x = v128.load32_splat(a1 + k);
    s10 = madd(x, b0, s10);
    s11 = madd(x, b1, s11);
    x = v128.load32_splat(a2 + k);
    s20 = madd(x, b0, s20);
    s21 = madd(x, b1, s21);
    x = v128.load32_splat(a3 + k);
    s30 = madd(x, b0, s30);
    s31 = madd(x, b1, s31);
    x = v128.load32_splat(a4 + k);
    s40 = madd(x, b0, s40);
    s41 = madd(x, b1, s41);
    x = v128.load32_splat(a5 + k);
    s50 = madd(x, b0, s50);
    s51 = madd(x, b1, s51);
  }
  v128.store(c, s00);
  v128.store(c, s01, 16);
  v128.store(c + ldc, s10);
  v128.store(c + ldc, s11, 16);
  v128.store(c + 2 * ldc, s20);
  v128.store(c + 2 * ldc, s21, 16);
  v128.store(c + 3 * ldc, s30);
  v128.store(c + 3 * ldc, s31, 16);
  v128.store(c + 4 * ldc, s40);
  v128.store(c + 4 * ldc, s41, 16);
  v128.store(c + 5 * ldc, s50);
  v128.store(c + 5 * ldc, s51, 16);
}

/** As `tile6`, of four rows. */
export function tile4(a: usize, lda: usize, panel: usize, kc: i32, c: usize, ldc: usize, init: usize): void {
  const a1 = a + lda;
  const a2 = a1 + lda;
  const a3 = a2 + lda;
  const from = init ? init : c;
  const step: usize = init ? 0 : ldc;
  let s00 = v128.load(from);
  let s01 = v128.load(from, 16);
  let s10 = v128.load(from + step);
  let s11 = v128.load(from + step, 16);
  let s20 = v128.load(from + 2 * step);
  let s21 = v128.load(from + 2 * step, 16);
  let s30 = v128.load(from + 3 * step);
  let s31 = v128.load(from + 3 * step, 16);
  const end = (<usize>kc) << 2;
  let b = panel;
  for (let k: usize = 0; k < end; k += 4) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    b += 32;
    let x = v128.load32_splat(a + k);
    s00 = madd(x, b0, s00);
    s01 = madd(x, b1, s01);
    x = v128.load32_splat(a1 + k);
    s10 = madd(x, b0, s10);
    s11 = madd(x, b1, s11);
    x = v128.load32_splat(a2 + k);
    s20 = madd(x, b0, s20);
    s21 = madd(x, b1, s21);
    x = v128.load32_splat(a3 + k);
    s30 = madd(x, b0, s30);
    s31 = madd(x, b1, s31);
  }
  v128.store(c, s00);
  v128.store(c, s01, 16);
  v128.store(c + ldc, s10);
  v128.store(c + ldc, s11, 16);
  v128.store(c + 2 * ldc, s20);
  v128.store(c + 2 * ldc, s21, 16);
  v128.store(c + 3 * ldc, s30);
  v128.store(c + 3 * ldc, s31, 16);
}

/** As `tile6`, of two rows; two numbers of each at a time, so that eight sums keep two multipliers busy. */
export function tile2(a: usize, lda: usize, panel: usize, kc: i32, c: usize, ldc: usize, init: usize): void {
  const a1 = a + lda;
  const from = init ? init : c;
  const step: usize = init ? 0 : ldc;
  let s00 = v128.load(from);
  let s01 = v128.load(from, 16);
  let s10 = v128.load(from + step);
  let s11 = v128.load(from + step, 16);
  let t00 = f32x4.splat(0);
  let t01 = f32x4.splat(0);
  let t10 = f32x4.splat(0);
  let t11 = f32x4.splat(0);
  const pairs = (<usize>(kc & ~1)) << 2;
  let b = panel;
  for (let k: usize = 0; k < pairs; k += 8) {
    let b0 = v128.load(b);
    let b1 = v128.load(b, 16);
    let x = v128.load32_splat(a + k);
    s00 = madd(x, b0, s00);
    s01 = madd(x, b1, s01);
    x = v128.load32_splat(a1 + k);
    s10 = madd(x, b0, s10);
    s11 = madd(x, b1, s11);
    b0 = v128.load(b, 32);
    b1 = v128.load(b, 48);
    x = v128.load32_splat(a + k, 4);
    t00 = madd(x, b0, t00);
    t01 = madd(x, b1, t01);
    x = v128.load32_splat(a1 + k, 4);
    t10 = madd(x, b0, t10);
    t11 = madd(x, b1, t11);
    b += 64;
  }
  if (kc & 1) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const x = v128.load32_splat(a + pairs);
    const y = v128.load32_splat(a1 + pairs);
    s00 = madd(x, b0, s00);
    s01 = madd(x, b1, s01);
    s10 = madd(y, b0, s10);
    s11 = madd(y, b1, s11);
  }
  v128.store(c, f32x4.add(s00, t00));
  v128.store(c, f32x4.add(s01, t01), 16);
  v128.store(c + ldc, f32x4.add(s10, t10));
  v128.store(c + ldc, f32x4.add(s11, t11), 16);
}

/** As `tile2`, of one row. */
export function tile1(a: usize, panel: usize, kc: i32, c: usize, init: usize): void {
  const from = init ? init : c;
  let s0 = v128.load(from);
  let s1 = v128.load(from, 16);
  let t0 = f32x4.splat(0);
  let t1 = f32x4.splat(0);
  const pairs = (<usize>(kc & ~1)) << 2;
  let b = panel;
  for (let k: usize = 0; k < pairs; k += 8) {
    let x = v128.load32_splat(a + k);
    s0 = madd(x, v128.load(b), s0);
    s1 = madd(x, v128.load(b, 16), s1);
    x = v128.load32_splat(a + k, 4);
    t0 = madd(x, v128.load(b, 32), t0);
    t1 = madd(x, v128.load(b, 48), t1);
    b += 64;
  }
  if (kc & 1) {
    const x = v128.load32_splat(a + pairs);
    s0 = madd(x, v128.load(b), s0);
    s1 = madd(x, v128.load(b, 16), s1);
  }
  v128.store(c, f32x4.add(s0, t0));
  v128.store(c, f32x4.add(s1, t1), 16);
}

/**
 * One row times four panels, `apart` bytes from each other: memory is fetched from four places at once, which is half as
 * fast again as from one.
 */
export function tile1By4<B>(a: usize, panel: usize, apart: usize, kc: i32, c: usize, init: usize): void {
  let s0 = v128.load(init);
  let s1 = v128.load(init, 16);
  let s2 = v128.load(init, 32);
  let s3 = v128.load(init, 48);
  let s4 = v128.load(init, 64);
  let s5 = v128.load(init, 80);
  let s6 = v128.load(init, 96);
  let s7 = v128.load(init, 112);
  let b0 = panel;
  let b1 = b0 + apart;
  let b2 = b1 + apart;
  let b3 = b2 + apart;
  const row = inBytes<B>(32);
  const end = a + ((<usize>kc) << 2);
  for (let at = a; at < end; at += 4) {
    const x = v128.load32_splat(at);
    s0 = madd(x, load4<B>(b0), s0);
    s1 = madd(x, loadNext4<B>(b0), s1);
    s2 = madd(x, load4<B>(b1), s2);
    s3 = madd(x, loadNext4<B>(b1), s3);
    s4 = madd(x, load4<B>(b2), s4);
    s5 = madd(x, loadNext4<B>(b2), s5);
    s6 = madd(x, load4<B>(b3), s6);
    s7 = madd(x, loadNext4<B>(b3), s7);
    b0 += row;
    b1 += row;
    b2 += row;
    b3 += row;
  }
  v128.store(c, s0);
  v128.store(c, s1, 16);
  v128.store(c, s2, 32);
  v128.store(c, s3, 48);
  v128.store(c, s4, 64);
  v128.store(c, s5, 80);
  v128.store(c, s6, 96);
  v128.store(c, s7, 112);
}
