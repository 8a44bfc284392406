import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/lib/gpt2/errors.ts';
import { rankOf, topTokens } from '../../../src/lib/gpt2/numbers/ranks.ts';

describe('topTokens(values, n)', () => {
  it('gives the best first, of equal ones the lower id', () => {
    expect(topTokens([1, 5, 3, 5, 2], 3)).toEqual([1, 3, 2]);
    expect(topTokens([4, 4, 4], 2)).toEqual([0, 1]);
    expect(topTokens([-Infinity, 0, -Infinity], 3)).toEqual([1, 0, 2]);
    expect(topTokens([1, 2], 0)).toEqual([]);
  });

  it('agrees with sorting everything, for few and for many', () => {
    const values = Float32Array.from({ length: 1000 }, (_, id) => (id * 37) % 101);
    const sorted = Array.from(values, (_, id) => id).sort((a, b) => values[b] - values[a] || a - b);
    for (const n of [1, 10, 128, 129, 1000]) expect(topTokens(values, n)).toEqual(sorted.slice(0, n));
  });

  it('refuses NaN and more than there are', () => {
    expect(() => topTokens([1, NaN], 1)).toThrow(/values\[1\]/);
    expect(() => topTokens([1], 2)).toThrow(InputError);
    expect(() => topTokens([1], 0.5)).toThrow(InputError);
  });
});

describe('rankOf(logits, id)', () => {
  it('is the place in topTokens, from 1', () => {
    const values = [1, 5, 3, 5, 2];
    expect(topTokens(values, 5).map((id) => rankOf(values, id))).toEqual([1, 2, 3, 4, 5]);
    expect(rankOf([-Infinity, 0, -Infinity], 2)).toBe(3);
  });

  it('refuses an unknown id and NaN', () => {
    for (const id of [-1, 2, 0.5]) expect(() => rankOf([1, 2], id)).toThrow(InputError);
    expect(() => rankOf([NaN], 0)).toThrow(/NaN has no rank/);
  });
});
