import { describe, expect, it } from 'vitest';
import { geluTanhScalar } from '../../../src/lib/gpt2/ops/gelu-scalar';
import { activity, mostActive, ON_THRESHOLD } from '../../../src/lib/viz/mlp/neurons';

describe('mostActive(pre, post, count)', () => {
  it('ranks by |post|, so that a deep negative beats a small positive', () => {
    expect(mostActive([-0.75, 0.1, 3], [-0.17, 0.05, 2.99], 2)).toEqual([
      { index: 2, pre: 3, post: 2.99 },
      { index: 0, pre: -0.75, post: -0.17 }
    ]);
  });

  it('breaks ties by index and shows a NaN first', () => {
    expect(mostActive([1, 1, 1], [2, NaN, 2], 3).map(({ index }) => index)).toEqual([1, 0, 2]);
  });
});

describe('activity(pre, post)', () => {
  it('counts as on what gives more than GELU’s depth left of zero', () => {
    expect(activity([-0.75, 0.1, 0.3, 3], [-0.17, 0.054, 0.185, 2.99])).toEqual({
      on: 2,
      positive: 3,
      total: 4
    });
  });
});

describe('ON_THRESHOLD', () => {
  it('is just above all that GELU can give left of zero', () => {
    const sizes = Array.from({ length: 10_001 }, (_, i) => Math.abs(geluTanhScalar(-i / 1000)));
    expect(Math.max(...sizes)).toBeLessThan(ON_THRESHOLD);
    expect(Math.max(...sizes)).toBeCloseTo(ON_THRESHOLD, 3);
  });
});
