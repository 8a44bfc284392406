import { describe, expect, it } from 'vitest';
import { bits, lossScale, lossSentence, lossValue } from '../../../src/lib/viz/decode/loss/measures';
import { loss } from './loss-fixture';

describe('bits(logProbability)', () => {
  it('is 1 for one half', () => {
    expect(bits(Math.log(1 / 2))).toBeCloseTo(1, 12);
    expect(bits(Math.log(1 / 8))).toBeCloseTo(3, 12);
  });
});

describe('lossValue(loss, position, measure)', () => {
  it('is about the token at a position, which the one before predicted', () => {
    expect(lossValue(loss, 1, 'rank')).toBe(1);
    expect(lossValue(loss, 2, 'surprise')).toBeCloseTo(3, 12);
    expect(lossValue(loss, 2, 'log_probability')).toBeCloseTo(Math.log(1 / 8), 12);
  });
});

describe('lossScale(theme, loss, measure, vocab_size)', () => {
  it('reaches as far as the text, and says its unit', () => {
    const scale = lossScale('light', loss, 'surprise', 5);
    expect(scale.color(0)).toBe('#ffffff');
    expect(scale.color(3)).toBe(scale.color(99));
    expect(scale.legend.unit).toBe('surprise, bits: −log₂ p');
    expect(lossScale('light', loss, 'log_probability', 5).legend.unit).toContain('nats');
  });

  it('gives what was expected no colour and what was not the same full one, in every measure', () => {
    const expected = { surprise: 0, log_probability: 0, rank: 1 };
    const unexpected = { surprise: 99, log_probability: -99, rank: 5 };
    const full = lossScale('light', loss, 'surprise', 5).color(99);
    for (const measure of ['surprise', 'log_probability', 'rank'] as const) {
      const scale = lossScale('light', loss, measure, 5);
      expect([scale.color(expected[measure]), scale.color(unexpected[measure])]).toEqual(['#ffffff', full]);
    }
  });
});

describe('lossSentence(loss, position, name)', () => {
  it('gives all numbers with their units', () => {
    expect(lossSentence(loss, 1, '" Mary"')).toBe(
      '" Mary": probability 50.0 %, rank 1, surprise 1.000 bits, log-probability −0.6931 nats'
    );
  });
});
