import { describe, expect, it } from 'vitest';
import { formatInteger, formatNumber, formatProbability } from '../../../src/lib/viz/common/format';

describe('formatProbability(p)', () => {
  it.each([
    [0.324, '32.4 %'],
    [0.044, '4.4 %'],
    [0.01, '1.0 %'],
    [0.0095, '0.95 %'],
    [0.000013, '0.0013 %'],
    [0.0000012, '0.00012 %'],
    [2.1e-9, '2.1e-7 %'],
    [0, '0 %'],
    [1, '100 %'],
    [NaN, 'NaN'],
    [-Infinity, '−∞'],
    [Infinity, '∞']
  ])('writes %d as %s', (p, text) => {
    expect(formatProbability(p)).toBe(text);
  });

  it('says 100 % of nothing less than 1', () => {
    expect(formatProbability(0.99996)).toBe('99.9960 %');
    expect(formatProbability(1 - 2 ** -24)).toBe('99.999994 %'); // the float32 below 1
    expect(formatProbability(1.0000001)).toBe('100 %'); // a float32 sum
  });
});

describe('formatNumber(x)', () => {
  it.each([
    [Math.PI, '3.142'],
    [-0.1, '−0.1000'],
    [12.5, '12.50'],
    [999.96, '1000'],
    [50257, '50,257'],
    [-1234.5678, '−1,235'],
    [0.00012345, '1.234e-4'],
    [-1e-9, '−1.000e-9'],
    [0, '0'],
    [-0, '0'],
    [NaN, 'NaN'],
    [-Infinity, '−∞']
  ])('writes %d as %s', (x, text) => {
    expect(formatNumber(x)).toBe(text);
  });
});

describe('formatInteger(x)', () => {
  it('groups thousands and has a true minus sign', () => {
    expect(formatInteger(50257)).toBe('50,257');
    expect(formatInteger(-3)).toBe('−3');
    expect(formatInteger(NaN)).toBe('NaN');
  });
});
