import { describe, expect, it } from 'vitest';
import { layoutBars, lengthScale } from '../../../src/lib/viz/decode/steps/bars';

const processed = {
  before: Float64Array.of(0.1, 0.5, 0.3, 0.1),
  probabilities: Float64Array.of(0.2, 0, 0, 0.8),
  scores: Float64Array.of(0, -Infinity, -Infinity, 1)
};

describe('layoutBars(processed, also, count, scale)', () => {
  it('puts both distributions on one scale, in the order of the model', () => {
    const { rows } = layoutBars(processed, [], 4, 'linear');
    expect(rows.map(({ id, rank }) => [id, rank])).toEqual([
      [1, 1],
      [2, 2],
      [0, 3],
      [3, 4]
    ]);
    expect(rows[0].beforeLength).toBeCloseTo(0.5 / 0.8);
    expect(rows[3].afterLength).toBe(1);
    expect(rows.map(({ removed }) => removed)).toEqual([true, true, false, false]);
  });

  it('lists what the processors bring forward and what is chosen, however low it stood', () => {
    const { rows } = layoutBars(processed, [0], 1, 'linear');
    expect(rows.map(({ id }) => id)).toEqual([1, 0, 3]);
    expect(rows[1].rank).toBe(3);
  });

  it('says on the log scale where a millionth is', () => {
    const { ticks } = layoutBars(processed, [], 4, 'log');
    expect(ticks.map(({ label, at }) => [label, Number(at.toFixed(4))])).toEqual([
      ['0.0001 %', 0],
      ['0.01 %', 0.3333],
      ['1 %', 0.6667],
      ['100 %', 1]
    ]);
  });
});

describe('lengthScale(scale, widest)', () => {
  it('is linear up to the widest, or logarithmic from a millionth', () => {
    expect(lengthScale('linear', 0.5)(0.25)).toBe(0.5);
    expect(lengthScale('log', 0.5)(1e-3)).toBeCloseTo(0.5);
    expect(lengthScale('log', 0.5)(0)).toBe(0);
  });
});
