import { describe, expect, it } from 'vitest';
import {
  largestDifference,
  meanAndVariance,
  normSteps,
  spread,
  spreadByPosition
} from '../../../src/lib/viz/layer-norm/steps';

describe('meanAndVariance(x)', () => {
  it('divides the variance by n, as LayerNorm does', () => {
    expect(meanAndVariance([1, 3])).toEqual({ mean: 2, variance: 1 });
    expect(spread([2, 2, 8])).toEqual({ mean: 4, std: Math.sqrt(8) });
  });

  it('passes NaN on', () => {
    expect(meanAndVariance([1, NaN]).mean).toBeNaN();
  });
});

describe('normSteps(x, weight, bias, epsilon)', () => {
  it('centres and scales, then weighs, then shifts', () => {
    const steps = normSteps([1, 3], [2, 0.5], [10, 20], 0);
    expect([...steps.centred]).toEqual([-1, 1]);
    expect([...steps.weighted]).toEqual([-2, 0.5]);
    expect([...steps.shifted]).toEqual([8, 20.5]);
    expect(steps).toMatchObject({ mean: 2, variance: 1, scale: 1 });
  });

  it('adds epsilon under the root, so that a constant vector becomes zeros', () => {
    const steps = normSteps([5, 5], [1, 1], [0, 0], 1e-4);
    expect(steps.scale).toBeCloseTo(0.01, 12);
    expect([...steps.centred]).toEqual([0, 0]);
  });

  it('refuses the parameters of another width', () => {
    expect(() => normSteps([1, 2], [1], [0, 0], 0)).toThrow(/must be \[2\], got \[1\] and \[2\]/);
  });
});

describe('largestDifference(a, b)', () => {
  it('is the largest distance of two components, NaN if any is', () => {
    expect(largestDifference([1, 2, 3], [1, 2.5, 2])).toBe(1);
    expect(largestDifference([1, NaN], [1, 2])).toBeNaN();
  });
});

describe('spreadByPosition(before, after, n_embd)', () => {
  it('gives mean and standard deviation of each position’s row', () => {
    const rows = spreadByPosition(Float32Array.of(1, 3, 0, 8), Float32Array.of(-1, 1, -1, 1), 2);
    expect(rows.map((row) => row.before)).toEqual([
      { mean: 2, std: 1 },
      { mean: 4, std: 4 }
    ]);
    expect(rows[1].after).toEqual({ mean: 0, std: 1 });
  });
});
