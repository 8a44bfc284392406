import { describe, expect, it } from 'vitest';
import {
  formatFixed,
  formatInteger,
  formatNumber,
  formatPoints,
  formatProbability,
  formatProbabilityIn,
  formatSigned,
  formatStretch,
  formatSum,
  formatWeight,
  percentLabel,
  shiftedPower,
  tickLabel
} from '../../../src/lib/viz/common/format';

describe('formatProbability(p)', () => {
  it.each([
    [0.324, '32.4 %'],
    [0.044, '4.4 %'],
    [0.01, '1.0 %'],
    [0.0095, '0.95 %'],
    [0.000013, '0.0013 %'],
    [0.0000012, '0.00012 %'],
    [2.1e-9, '2.1 × 10⁻⁷ %'],
    [9.5e-7, '0.000095 %'],
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
    expect(formatProbability(1 - 1e-12)).toBe('> 99.999999 %');
  });
});

describe('formatWeight(p)', () => {
  it('writes no digit that float32 does not carry', () => {
    expect([0.997, 0.99996, 1, 0].map(formatWeight)).toEqual(['99.7 %', '99.9960 %', '100 %', '0 %']);
    expect(formatWeight(1 - 2 ** -23)).toBe('> 99.9999 %');
    expect(formatWeight(0.9999991)).toBe('99.9999 %');
  });
});

describe('formatPoints(change)', () => {
  it('writes a change as the page writes a small probability, with its sign', () => {
    expect([0.044, -0.0000013, 2.1e-9, -2.1e-11, 0].map(formatPoints)).toEqual([
      '+4.4',
      '−0.00013',
      '+2.1 × 10⁻⁷',
      '−2.1 × 10⁻⁹',
      '0'
    ]);
  });
});

describe('percentLabel(p)', () => {
  it('writes round probabilities under an axis without a number such as 0.2 or 1e−4', () => {
    expect([0, 0.2, 0.25, 1e-6, 1e-9, 1].map(percentLabel)).toEqual([
      '0 %',
      '20 %',
      '25 %',
      '0.0001 %',
      '10⁻⁷ %',
      '100 %'
    ]);
  });
});

describe('formatProbabilityIn(p, letters)', () => {
  it('shortens what is nearly certain, and leaves out what does not fit', () => {
    expect([0.7, 0.99996, 0.99999999999].map((p) => formatProbabilityIn(p, 7))).toEqual([
      '70.0 %',
      '>99.9 %',
      '>99.9 %'
    ]);
    expect([0.99996, 9.5e-7].map((p) => formatProbabilityIn(p, 6))).toEqual(['', '']);
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
    [0.00012345, '1.234e−4'],
    [-1e-9, '−1.000e−9'],
    [0, '0'],
    [-0, '0'],
    [NaN, 'NaN'],
    [-Infinity, '−∞']
  ])('writes %d as %s', (x, text) => {
    expect(formatNumber(x)).toBe(text);
  });
});

describe('formatSigned(x)', () => {
  it('has a sign but for 0 and what is no number', () => {
    expect([1.5, -1.5, 0, NaN].map(formatSigned)).toEqual(['+1.500', '−1.500', '0', 'NaN']);
  });
});

describe('formatInteger(x)', () => {
  it('groups thousands and has a true minus sign', () => {
    expect(formatInteger(50257)).toBe('50,257');
    expect(formatInteger(-3)).toBe('−3');
    expect(formatInteger(NaN)).toBe('NaN');
  });
});

describe('formatSum(terms, sum)', () => {
  it('writes four digits where they add up', () => {
    expect(formatSum([0.75, -0.5], 0.25)).toBe('0.7500 − 0.5000 = 0.2500');
    expect(formatSum([1, 1, 3], 5)).toBe('1.000 + 1.000 + 3.000 = 5.000');
  });

  it('writes as many as make the written terms give the written sum', () => {
    // With five places: -0.01488 - 0.05930 is -0.07418, but the sum rounds to -0.07417.
    expect(formatSum([-0.014876, -0.059298], -0.074174)).toBe('−0.014876 − 0.059298 = −0.074174');
  });

  it('says where they cannot: a sum that was made otherwise, or no number', () => {
    expect(formatSum([0.5, 0.25], 1)).toBe('0.500000 + 0.250000 ≈ 1.000000');
    expect(formatSum([NaN, 1], NaN)).toBe('NaN + 1.000 = NaN');
  });
});

describe('tickLabel(x)', () => {
  it('is short, with a true minus before the number and its exponent', () => {
    expect([0, 50_257, -0.25, -1.5e-5].map(tickLabel)).toEqual(['0', '50,257', '−0.25', '−1.5e−5']);
  });
});

describe('formatFixed(x, places)', () => {
  it('writes a true minus, and none before 0', () => {
    expect([-1.234, -0.001, 2].map((x) => formatFixed(x, 2))).toEqual(['−1.23', '0.00', '2.00']);
    expect(formatFixed(-Infinity, 1)).toBe('−∞');
  });
});

describe('formatStretch(from, value, to)', () => {
  it('has four places as a rule', () => {
    expect(formatStretch(0.25, 0.5, 0.75)).toEqual(['0.2500', '0.5000', '0.7500']);
  });

  it('has more where the ends or the value would look the same', () => {
    expect(formatStretch(0.198712, 0.198716, 0.198718)).toEqual(['0.198712', '0.198716', '0.198718']);
  });
});

describe('shiftedPower(score, highest)', () => {
  it('subtracts the highest score, also a negative one', () => {
    expect(shiftedPower(0.7071, 1.768)).toBe('e^(0.7071 − 1.768)');
    expect(shiftedPower(-2, -1)).toBe('e^(−2.000 + 1.000)');
  });
});
