import { describe, expect, it } from 'vitest';
import { attentionStory, componentOrder, holdsHead, sharedDigits } from '../../../src/lib/viz/qkv/story';
import { tinyHead, WEIGHT_0, WEIGHT_1 } from './tiny-head';

const look = { head: 1, query: 1, key: 0 };

describe('attentionStory(activations, look, T)', () => {
  it('multiplies q and k by component and sums', () => {
    const story = attentionStory(tinyHead(), look, 2);
    expect([...story.q]).toEqual([1, 2]);
    expect([...story.k]).toEqual([3, -1]);
    expect([...story.product]).toEqual([3, -2]);
    expect(story.dot).toBe(1);
  });

  it('divides by √d_head and stands beside the model’s own score', () => {
    const story = attentionStory(tinyHead(), look, 2);
    expect(story.divisor).toBe('√2');
    expect(story.computedScore).toBeCloseTo(0.70710678, 7);
    expect(story.score).toBeCloseTo(0.70710678, 7);
    expect(story.scoreDifference).toBeLessThan(1e-7);
  });

  it('gives e^(score − max) for every key up to the query, and its sum', () => {
    const story = attentionStory(tinyHead(), look, 2);
    expect(story.terms.map(({ key }) => key)).toEqual([0, 1]);
    expect(story.terms[0].exp).toBeCloseTo(0.3462272, 6); // e^(−1.5 / √2)
    expect(story.terms[1].exp).toBe(1);
    expect(story.chosen.exp / story.expSum).toBeCloseTo(WEIGHT_0, 6);
    expect(story.chosen.weight).toBeCloseTo(WEIGHT_0, 6);
    expect(attentionStory(tinyHead(), { ...look, key: 1 }, 2).chosen.weight).toBeCloseTo(WEIGHT_1, 6);
  });

  it('leaves position 0 with itself alone', () => {
    const story = attentionStory(tinyHead(), { head: 1, query: 0, key: 0 }, 2);
    expect(story.terms).toHaveLength(1);
    expect(story.chosen).toMatchObject({ exp: 1, weight: 1 });
    expect([...story.z]).toEqual([...story.v]);
  });

  it('shows a model whose score disagrees, rather than hiding it', () => {
    const activations = tinyHead();
    activations.attn_scores[2] = 5;
    const story = attentionStory(activations, look, 2);
    expect(story.score).toBe(5);
    expect(story.scoreDifference).toBeCloseTo(4.29289, 5);
  });

  it('refuses a key after the query and arrays of another length', () => {
    expect(() => attentionStory(tinyHead(), { head: 1, query: 0, key: 1 }, 2)).toThrow(RangeError);
    expect(() => attentionStory(tinyHead(), look, 3)).toThrow(/q, k, v, z \[3, 2, 2\]/);
  });
});

describe('holdsHead(activations, T)', () => {
  it('is false while an array is missing or of another run', () => {
    expect(holdsHead(tinyHead(), 2)).toBe(true);
    expect(holdsHead({ ...tinyHead(), z: undefined }, 2)).toBe(false);
    expect(holdsHead(tinyHead(), 5)).toBe(false);
  });
});

describe('componentOrder(product, sorted)', () => {
  it('keeps the order as stored, or goes from the largest product down', () => {
    expect(componentOrder([1, -5, 3], false)).toEqual([0, 1, 2]);
    expect(componentOrder([1, -5, 3], true)).toEqual([2, 0, 1]);
  });
});

describe('sharedDigits(difference)', () => {
  it('counts digits after the point that the difference leaves alone', () => {
    expect(sharedDigits(0)).toBe(7);
    expect(sharedDigits(4e-4)).toBe(3);
    expect(sharedDigits(6e-4)).toBe(2);
    expect(sharedDigits(3)).toBe(0);
    expect(sharedDigits(NaN)).toBe(0);
  });
});
