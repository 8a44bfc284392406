import { describe, expect, it } from 'vitest';
import { expNegative } from '../../../src/lib/gpt2/numbers/exponential.ts';

const relativeError = (actual: number, expected: number): number => Math.abs(actual / expected - 1);

describe('expNegative(x)', () => {
  it('is 1 at 0', () => {
    expect(expNegative(0)).toBe(1);
    expect(expNegative(-0)).toBe(1);
  });

  it('agrees with Math.exp to 1e-13 down to 1e-300', () => {
    for (let x = 0; x > -690; x -= 0.0137)
      expect(relativeError(expNegative(x), Math.exp(x))).toBeLessThan(1e-13);
  });

  it('halves at every -ln 2', () => {
    for (let n = 1; n <= 1000; n++)
      expect(relativeError(expNegative(-n * Math.LN2), 2 ** -n)).toBeLessThan(1e-12);
  });

  it('keeps differences from 1 as small as they are', () => {
    expect(1 - expNegative(-1e-9)).toBeCloseTo(1e-9, 15);
  });

  it('is 0 where a float64 holds nothing smaller, and at -Infinity', () => {
    expect([-750, -1e9, -Number.MAX_VALUE, -Infinity].map(expNegative)).toEqual([0, 0, 0, 0]);
    expect(expNegative(-740)).toBeGreaterThan(0);
  });
});
