import { describe, expect, it } from 'vitest';
import {
  cellValue,
  measureMaximum,
  measureScale,
  measureSentence,
  measureText
} from '../../../src/lib/viz/logit-lens/measures';
import { row } from '../shared/lens-fixture';

describe('cellValue(row, position, measure)', () => {
  it('reads each measure at its position', () => {
    const one = row([1, 2], [7, 1]);
    expect(cellValue(one, 1, 'probability')).toBe(0.75);
    expect(cellValue(one, 0, 'rank')).toBe(7);
    expect(cellValue(one, 0, 'entropy')).toBe(1);
    expect(cellValue(one, 1, 'kl')).toBe(0.25);
    expect(cellValue(one, 0, 'nextRank')).toBe(4);
    expect(cellValue(one, 0, 'crossEntropy')).toBe(3.5);
  });

  it('is undefined, not 0, where nothing is known', () => {
    expect(cellValue(undefined, 0, 'kl')).toBeUndefined();
    expect(cellValue(row([1, 2]), 0, 'rank')).toBeUndefined();
    expect(cellValue(row([1, 2]), 1, 'nextRank')).toBeUndefined();
    expect(cellValue(row([1, 2]), 1, 'crossEntropy')).toBeUndefined();
  });
});

describe('measureScale(theme, measure, vocab_size, rows)', () => {
  it('shows rank 1 in the colour of probability 1 and the last rank in that of 0', () => {
    const probability = measureScale('light', 'probability', 50_257, []);
    const rank = measureScale('light', 'rank', 50_257, []);
    expect(rank.color(1)).toBe(probability.color(1));
    expect(rank.color(50_257)).toBe(probability.color(0));
  });

  it('ends entropy at ln vocab_size and KL at the greatest there is', () => {
    const full = measureScale('light', 'probability', 5, []).color(1);
    expect(measureScale('light', 'entropy', 5, []).color(Math.log(5))).toBe(full);
    const kl = measureScale('light', 'kl', 5, [row([1, 2]), undefined]);
    expect(kl.color(2)).toBe(full);
  });

  it('shows a KL of 1 nat beside one of 70', () => {
    const far = { ...row([1, 2]), kl: Float32Array.of(0, 70) };
    const scale = measureScale('light', 'kl', 5, [far]);
    // ln 2 / ln 71 is a sixth of the ramp; on a linear one it would be a seventieth.
    expect(scale.legend.ticks.map(({ label }) => label)).toEqual(['0', '1', '3', '10', '30']);
    expect(scale.legend.ticks[1].at).toBeCloseTo(Math.log(2) / Math.log(71));
    expect(scale.color(1)).not.toBe(scale.color(0));
  });

  it('gives every scale its unit', () => {
    const units = (['probability', 'rank', 'entropy', 'kl', 'nextRank', 'crossEntropy'] as const).map(
      (measure) => measureScale('dark', measure, 5, []).legend.unit
    );
    expect(units).toEqual([
      'probability (√ scale)',
      'rank (log scale)',
      'nats',
      'nats (log scale: even steps of ln(1 + KL))',
      'rank (log scale)',
      'nats (log scale: even steps of ln(1 + cross-entropy))'
    ]);
  });
});

describe('measureMaximum(rows, measure)', () => {
  it('passes over NaN, infinity and rows that are not there', () => {
    const odd = { ...row([1, 2]), kl: Float32Array.of(NaN, Infinity) };
    expect(measureMaximum([undefined, odd, row([1, 2])], 'kl')).toBe(2);
    expect(measureMaximum([], 'kl')).toBe(0);
  });
});

describe('measureText(value, measure)', () => {
  it('says the unit, and NaN as NaN', () => {
    expect(measureText(1234, 'rank')).toBe('rank 1,234');
    expect(measureText(3.5, 'entropy')).toBe('entropy 3.500 nats');
    expect(measureText(NaN, 'kl')).toBe('KL NaN nats');
    expect(measureText(undefined, 'kl')).toBe('');
  });
});

describe('measureSentence(measure, vocab_size, followed)', () => {
  it('says the greatest entropy there can be', () => {
    expect(measureSentence('entropy', 50_257, null)).toContain('ln 50,257 = 10.82 nats');
  });

  it('says which token the ranks are of', () => {
    expect(measureSentence('rank', 50_257, '·the')).toContain('rank of ·the among 50,257 tokens');
    expect(measureSentence('rank', 50_257, null)).toContain('None is followed yet');
  });
});
