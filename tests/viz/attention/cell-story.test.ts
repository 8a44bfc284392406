import { describe, expect, it } from 'vitest';
import {
  differsFromPattern,
  rowStories,
  stageText,
  storyLines,
  type CellStory
} from '../../../src/lib/viz/attention/cell-story.ts';

// One head of width 4, two tokens. q1·k0 = 2 ln 3, q1·k1 = 0: scores ln 3 and 0, so the softmax is 3/4 and 1/4.
const shape = { T: 2, n_head: 1, d_head: 4 };
const LN3 = Math.log(3);
const q = Float32Array.of(1, 0, 0, 0, 0, 1, 0, 0);
const k = Float32Array.of(5, 2 * LN3, 0, 0, 7, 0, 0, 0);
const block = { q, k, attn_scores: undefined, pattern: Float32Array.of(1, 0, 0.75, 0.25) };

function story(query: number, key: number, from = block): CellStory {
  const stories = rowStories(from, shape, 0, query);
  if (!stories) throw new Error('rowStories returned nothing');
  return stories[key];
}

describe('rowStories(block, shape, head, query)', () => {
  it('recomputes each step from q and k', () => {
    const first = story(1, 0);
    expect(first.qk).toBeCloseTo(2 * LN3, 6);
    expect(first.scaled).toBeCloseTo(LN3, 6);
    expect(first.exponential).toBeCloseTo(1, 5);
    expect(first.sum).toBeCloseTo(4 / 3, 5);
    expect(first.softmax).toBeCloseTo(0.75, 6);
    expect(first.pattern).toBe(0.75);
    expect(first.keys).toBe(2);
  });

  it('masks the keys after the query, whatever their score', () => {
    expect(story(0, 1)).toMatchObject({ qk: 7, scaled: 3.5, masked: -Infinity, exponential: 0, softmax: 0 });
    expect(story(0, 0).softmax).toBe(1);
  });

  it('stays finite where e^score would overflow', () => {
    const huge = { ...block, q: q.map((value) => value * 4000) };
    expect(story(1, 0, huge).softmax).toBe(1);
    expect(story(1, 1, huge).softmax).toBe(0);
  });

  it('is undefined while q or k is missing, and for a query that the prompt does not have', () => {
    expect(rowStories({ ...block, q: undefined }, shape, 0, 0)).toBeUndefined();
    expect(rowStories(block, shape, 0, 2)).toBeUndefined();
  });
});

describe('storyLines(story)', () => {
  it('fills the numbers in', () => {
    expect(storyLines(story(1, 0))).toEqual([
      'q·k = 2.197',
      '÷ √4 = 1.099',
      'softmax over 2 keys: e^(1.099 − 1.099) / Σ = 1.000 / 1.333 = 75.0 %'
    ]);
  });

  it('says why a masked key gets nothing', () => {
    expect(storyLines(story(0, 1)).slice(2)).toEqual([
      'key 1 comes after query 0: masked to −∞',
      'softmax: e^−∞ = 0, so 0 %'
    ]);
  });
});

describe('stageText(story, stage)', () => {
  it('is the value at that stage', () => {
    const cell = story(0, 1);
    expect([stageText(cell, 'qk'), stageText(cell, 'scaled'), stageText(cell, 'masked')]).toEqual([
      '7.000',
      '3.500',
      '−∞'
    ]);
    expect(stageText(story(1, 1), 'softmax')).toBe('25.0 %');
  });
});

describe('differsFromPattern(story)', () => {
  it('notices a pattern that is not the softmax of the scores', () => {
    expect(differsFromPattern(story(1, 0))).toBe(false);
    expect(differsFromPattern(story(1, 0, { ...block, pattern: Float32Array.of(1, 0, 0, 1) }))).toBe(true);
  });
});
