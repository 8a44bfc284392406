import { describe, expect, it } from 'vitest';
import { pythonExponent, pythonFixed } from '../../../src/lib/lesson/tensor-print/half-even.ts';

// Expected texts: Python 3.11, '{:.4f}'.format(x) and '{:.4e}'.format(x).
describe('pythonFixed(value, digits)', () => {
  it.each([
    [0.03125, '0.0312'],
    [0.09375, '0.0938'],
    [-0.21875, '-0.2188'],
    [0.00005, '0.0001'], // a little above the half in float64
    [-0, '-0.0000'],
    [-0.00001, '-0.0000'],
    [NaN, 'nan'],
    [-Infinity, '-inf']
  ])('writes %d as %s', (value, text) => expect(pythonFixed(value, 4)).toBe(text));

  it('rounds a half to the even whole number', () => {
    expect([0.5, 1.5, 2.5].map((value) => pythonFixed(value, 0))).toEqual(['0', '2', '2']);
  });
});

describe('pythonExponent(value, digits)', () => {
  it.each([
    [100005, '1.0000e+05'],
    [100015, '1.0002e+05'],
    [9.99995e-3, '1.0000e-02'], // a little above the half in float64
    [9.999951e-3, '1.0000e-02'],
    [-1.5573e-4, '-1.5573e-04'],
    [1e-310, '1.0000e-310'],
    [0, '0.0000e+00'],
    [Infinity, 'inf']
  ])('writes %d as %s', (value, text) => expect(pythonExponent(value, 4)).toBe(text));
});
