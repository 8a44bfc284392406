import { describe, expect, it } from 'vitest';
import { histogram, layoutHistogram, outsideText, positionOn } from '../../../src/lib/viz/marks/histogram';

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

describe('layoutHistogram(histogram, size, tallest)', () => {
  it('fills the height with the tallest bin', () => {
    const bars = layoutHistogram(histogram([0, 0, 1], [0, 2], 2), { width: 100, height: 40 });
    expect(bars[0]).toEqual({ x: 0, y: 0, width: 50, height: 40, count: 2, from: 0, to: 1 });
    expect(bars[1]).toEqual({ x: 50, y: 20, width: 50, height: 20, count: 1, from: 1, to: 2 });
  });

  it('takes a shared tallest, so that two histograms compare', () => {
    expect(layoutHistogram(histogram([0], [0, 2], 2), { width: 10, height: 40 }, 4)[0].height).toBe(10);
  });
});

describe('positionOn(domain, value, width)', () => {
  it('places a value along the axis', () => {
    expect(positionOn([-2, 2], 1, 100)).toBe(75);
  });
});
