import { describe, expect, it } from 'vitest';
import { histogramDomain, robustRange } from '../../../src/lib/viz/layer-norm/domain';

describe('histogramDomain(...vectors)', () => {
  it('is symmetric, at round numbers, and wide enough for the widest vector', () => {
    expect(histogramDomain([-1.9, 0.3], [0.5])).toEqual([-2, 2]);
  });

  it('leaves a lone outlier off the axis', () => {
    const values: number[] = Array.from({ length: 200 }, (_, i) => (i % 2 === 0 ? 1 : -1));
    values[0] = 3000;
    expect(histogramDomain(values)[1]).toBeLessThan(3);
  });

  it('still is an axis when every value is 0', () => {
    const [low, high] = histogramDomain([0, 0]);
    expect(high).toBeGreaterThan(low);
  });
});

describe('robustRange(values, tail)', () => {
  it('lies between the two quantiles, NaN left out', () => {
    expect(robustRange([NaN, 0, 1, 2, 3, 4], 0.25)).toEqual([1, 3]);
  });

  it('is [0, 1] when nothing is finite', () => {
    expect(robustRange([NaN], 0.1)).toEqual([0, 1]);
  });
});
