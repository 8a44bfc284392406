import { describe, expect, it } from 'vitest';
import { columnAt, layoutSignedBars, sharedExtent } from '../../../src/lib/viz/qkv/layout';

describe('layoutSignedBars(values, order, extent)', () => {
  it('draws up from the zero line at 1 for a positive value, down for a negative one', () => {
    const [up, down] = layoutSignedBars([2, -1], [0, 1], 4);
    expect(up).toMatchObject({ component: 0, x: 0, y: 0.5, height: 0.5 });
    expect(down).toMatchObject({ component: 1, x: 1, y: 1, height: 0.25 });
  });

  it('follows the order given', () => {
    expect(layoutSignedBars([2, -1], [1, 0], 4).map(({ component, x }) => [component, x])).toEqual([
      [1, 0],
      [0, 1]
    ]);
  });

  it('cuts at the extent and gives no height to NaN or to a vector of zeros', () => {
    expect(layoutSignedBars([9], [0], 4)[0].height).toBe(1);
    expect(layoutSignedBars([NaN], [0], 4)[0].height).toBe(0);
    expect(layoutSignedBars([0], [0], 0)[0].height).toBe(0);
  });
});

describe('columnAt(offset, width, columns)', () => {
  it('finds the column under a pointer, null outside', () => {
    expect(columnAt(0, 160, 16)).toBe(0);
    expect(columnAt(159.9, 160, 16)).toBe(15);
    expect(columnAt(160, 160, 16)).toBeNull();
    expect(columnAt(-1, 160, 16)).toBeNull();
    expect(columnAt(5, 0, 16)).toBeNull();
  });
});

describe('sharedExtent(...vectors)', () => {
  it('is the largest size in any of them', () => {
    expect(sharedExtent([1, -3], [2, NaN])).toBe(3);
    expect(sharedExtent([])).toBe(0);
  });
});
