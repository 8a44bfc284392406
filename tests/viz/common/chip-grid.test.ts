import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chipGrid, positionsIn } from '../../../src/lib/viz/common/chip-grid';

describe('chipGrid(T, width)', () => {
  it('holds as many chips of 68 px in a row as fit, with gaps of 3', () => {
    expect(chipGrid(1024, 68 * 4 + 3 * 3)).toEqual({ across: 4, rows: 256 });
    expect(chipGrid(1024, 68 * 4 + 3 * 3 - 1)).toEqual({ across: 3, rows: 342 });
    expect(chipGrid(1024, 0)).toEqual({ across: 1, rows: 1024 });
  });
});

describe('positionsIn(rows, across, T)', () => {
  it('every position stands in one row', () => {
    const sizes = fc.record({
      T: fc.integer({ min: 1, max: 1024 }),
      width: fc.integer({ min: 0, max: 2000 })
    });
    fc.assert(
      fc.property(sizes, ({ T, width }) => {
        const { across, rows } = chipGrid(T, width);
        const all = Array.from({ length: rows }, (_, row) =>
          positionsIn({ first: row, end: row + 1 }, across, T)
        );
        expect(all.flat()).toEqual(Array.from({ length: T }, (_, i) => i));
      })
    );
  });
});
