import { describe, expect, it } from 'vitest';
import { ShapeError } from '../../../src/lib/gpt2/errors.ts';
import { entropy, klDivergence } from '../../../src/lib/gpt2/numbers/entropy.ts';

describe('entropy(p)', () => {
  it('is ln n for n equal shares, 0 for certainty', () => {
    expect(entropy([0.25, 0.25, 0.25, 0.25])).toBeCloseTo(Math.log(4), 14);
    expect(entropy([0, 1, 0])).toBe(0);
  });

  it('is 1.5 ln 2 for 1/2, 1/4, 1/4', () => {
    expect(entropy([0.5, 0.25, 0.25])).toBeCloseTo(1.5 * Math.LN2, 14);
  });
});

describe('klDivergence(p, q)', () => {
  it('weighs by p: not the same both ways', () => {
    expect(klDivergence([0.5, 0.5], [0.25, 0.75])).toBeCloseTo(0.5 * Math.log(4 / 3), 14); // (ln 2 + ln(2/3)) / 2
    expect(klDivergence([0.25, 0.75], [0.5, 0.5])).toBeCloseTo(0.75 * Math.log(3) - Math.log(2), 14);
  });

  it('is 0 for equal ones, also where both are 0', () => {
    expect(klDivergence([0.3, 0.7, 0], [0.3, 0.7, 0])).toBe(0);
    expect(klDivergence([1, 0], [0.5, 0.5])).toBeCloseTo(Math.LN2, 14);
  });

  it('is Infinity where q rules out what p has', () => {
    expect(klDivergence([0.5, 0.5], [1, 0])).toBe(Infinity);
  });

  it('names both lengths when they differ', () => {
    expect(() => klDivergence([1], [0.5, 0.5])).toThrow(ShapeError);
    expect(() => klDivergence([1], [0.5, 0.5])).toThrow('klDivergence: q must be [1], got [2].');
  });
});
