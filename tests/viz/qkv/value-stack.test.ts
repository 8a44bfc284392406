import { describe, expect, it } from 'vitest';
import { attentionStory } from '../../../src/lib/viz/qkv/story';
import { valueStack } from '../../../src/lib/viz/qkv/value-stack';
import { tinyHead, WEIGHT_0, WEIGHT_1 } from './tiny-head';

const look = { head: 1, query: 1, key: 0 };
const { terms } = attentionStory(tinyHead(), look, 2);

describe('valueStack(activations, terms, look, most)', () => {
  it('gives one row weight · v a key, heaviest first, and their sum is z', () => {
    const stack = valueStack(tinyHead(), terms, look, 8);
    expect(stack.rows.map(({ keys }) => keys)).toEqual([[1], [0]]);
    expect(stack.rows[1].values[0]).toBeCloseTo(4 * WEIGHT_0, 5);
    expect(stack.total[0]).toBeCloseTo(4 * WEIGHT_0, 5);
    expect(stack.total[1]).toBeCloseTo(4 * WEIGHT_1, 5);
    expect(stack.difference).toBeLessThan(1e-6);
  });

  it('sums the light keys in a last row, but never the chosen one', () => {
    const stack = valueStack(tinyHead(), terms, look, 1);
    expect(stack.rows.map(({ keys }) => keys)).toEqual([[0], [1]]);
    expect(stack.rows[1].weight).toBeCloseTo(WEIGHT_1, 6);
    expect(stack.difference).toBeLessThan(1e-6);
  });
});
