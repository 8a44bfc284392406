import { describe, expect, it } from 'vitest';
import { chipGrid } from '../../../src/lib/viz/common/chip-grid';

describe('chipGrid(T, width)', () => {
  it('holds as many chips of 68 px in a row as fit, with gaps of 3', () => {
    expect(chipGrid(1024, 68 * 4 + 3 * 3)).toEqual({ across: 4, rows: 256 });
    expect(chipGrid(1024, 68 * 4 + 3 * 3 - 1)).toEqual({ across: 3, rows: 342 });
    expect(chipGrid(1024, 0)).toEqual({ across: 1, rows: 1024 });
  });
});
