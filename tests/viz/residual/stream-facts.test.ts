import { describe, expect, it } from 'vitest';
import { cosines, outliers } from '$lib/viz/residual/stream-facts';

describe('cosines(vectors, depths)', () => {
  it('by hand: [3, 4] and [4, -3] are at right angles, [6, 8] points as [3, 4]', () => {
    const found = cosines(Float32Array.of(3, 4, 4, -3, 6, 8), 3);
    [1, 0, 1, 0, 1, 0, 1, 0, 1].forEach((value, i) => expect(found[i]).toBeCloseTo(value, 6));
  });
});

describe('outliers(vectors, depths)', () => {
  it('names what is ten times the median of its depth, at any depth', () => {
    const found = outliers(Float32Array.of(1, -1, 1, 1, -30, 2, 2, 2, 2, 2), 2);
    expect(found).toEqual([{ component: 4, times: 30 }]);
    expect(outliers(Float32Array.of(1, 2, 3), 1)).toEqual([]);
  });
});
