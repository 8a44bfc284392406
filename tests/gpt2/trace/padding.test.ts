import { describe, expect, it } from 'vitest';
import { cropRows, cropSquares, maskInfinite, paddedLength } from '../../../src/lib/gpt2/trace/padding.ts';

const upTo = (count: number) => Float32Array.from({ length: count }, (_, i) => i);

describe('paddedLength(T, n_ctx)', () => {
  it.each([
    [1, 8],
    [8, 8],
    [9, 16],
    [33, 48],
    [190, 192],
    [513, 768],
    [1024, 1024]
  ])('pads %d to %d', (T, padded) => expect(paddedLength(T, 1024)).toBe(padded));

  it('never goes beyond n_ctx', () => {
    expect(paddedLength(5, 5)).toBe(5);
    expect(paddedLength(30, 31)).toBe(31);
    expect(paddedLength(1500, 2048)).toBe(2048);
  });

  it('holds every T with few sizes', () => {
    const sizes = new Set<number>();
    for (let T = 1; T <= 512; T++) {
      const padded = paddedLength(T, 512);
      expect(padded).toBeGreaterThanOrEqual(T);
      sizes.add(padded);
    }
    expect(sizes.size).toBe(11); // 8 16 32 48 64 96 128 192 256 384 512
  });
});

describe('cropRows(values, T, width)', () => {
  it('keeps the first T rows, as a copy', () => {
    const values = upTo(6);
    const rows = cropRows(values, 2, 2);
    expect([...rows]).toEqual([0, 1, 2, 3]);
    rows[0] = 9;
    expect(values[0]).toBe(0);
  });
});

describe('cropSquares(values, n, padded, T)', () => {
  it('keeps the upper left T × T of each square', () => {
    // two squares 0..8 and 9..17 of 3 × 3
    expect([...cropSquares(upTo(18), 2, 3, 2)]).toEqual([0, 1, 3, 4, 9, 10, 12, 13]);
  });

  it('copies what is not padded', () => {
    const values = upTo(8);
    const found = cropSquares(values, 2, 2, 2);
    values.fill(0);
    expect([...found]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });
});

describe('maskInfinite(squares, n, T)', () => {
  it('writes -Infinity above each diagonal and nowhere else', () => {
    const inf = -Infinity;
    expect([...maskInfinite(upTo(8), 2, 2)]).toEqual([0, inf, 2, 3, 4, inf, 6, 7]);
  });
});
