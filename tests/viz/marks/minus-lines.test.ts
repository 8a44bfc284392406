import { describe, expect, it } from 'vitest';
import { negativeRuns } from '../../../src/lib/viz/marks/minus-lines';

describe('negativeRuns(values)', () => {
  it('joins neighbours below zero, and takes neither 0 nor NaN for one', () => {
    expect(negativeRuns([-1, -2, 0, -0, NaN, -3, 4, -5])).toEqual([
      { from: 0, end: 2 },
      { from: 5, end: 6 },
      { from: 7, end: 8 }
    ]);
    expect(negativeRuns([])).toEqual([]);
  });
});
