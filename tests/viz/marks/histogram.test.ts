import { describe, expect, it } from 'vitest';
import { histogram, histogramBars, outsideText } from '../../../src/lib/viz/marks/histogram';

describe('histogram(values, domain, bins)', () => {
  it('counts into equal bins, the end of the axis in the last one', () => {
    expect(histogram([-2, -1, 0, 0.5, 2], [-2, 2], 4).counts).toEqual([1, 1, 2, 1]);
  });

  it('counts what is off axis instead of dropping it', () => {
    const result = histogram([-9, 0, 5, 6, NaN], [-2, 2], 4);
    expect(result).toMatchObject({ below: 1, above: 2, nan: 1 });
    expect(outsideText(result)).toBe('off axis: 1 left, 2 right, 1 not a number');
    expect(outsideText(histogram([0], [-1, 1], 2))).toBe('');
  });

  it('refuses an empty axis', () => {
    expect(() => histogram([0], [1, 1], 4)).toThrow(RangeError);
  });
});

describe('histogramBars(counts, domain)', () => {
  it('gives one bar a bin, as tall as its count', () => {
    expect(histogramBars([2, 1], [-1, 3])).toEqual([
      { from: -1, to: 1, value: 2 },
      { from: 1, to: 3, value: 1 }
    ]);
  });
});
