import { scaleLinear } from 'd3';
import { describe, expect, it } from 'vitest';
import {
  byProbability,
  outline,
  probabilityTicks,
  rankScale,
  rankTicks,
  vocabularyScale
} from '../../../src/lib/viz/decode/steps/vocabulary';

/** A plot of 400 by 100 px. */
const frame = (count: number, y = scaleLinear([0, 1], [0, 1])) => ({
  width: 400,
  height: 100,
  x: rankScale(count).copy().range([0, 400]),
  y: y.copy().range([100, 0])
});

describe('byProbability(probabilities)', () => {
  it('orders the ids, of equal ones the lower first', () => {
    expect([...byProbability([0.1, 0.5, 0.1, 0.3])]).toEqual([1, 3, 0, 2]);
  });
});

describe('outline(values, order, frame)', () => {
  it('steps down from rank to rank, and stands on the ground where a token was removed', () => {
    const before = [0.25, 0.75];
    const order = byProbability(before);
    // rank 1 ends at ln 2 / ln 3 of the 400 px; 0.75 of 1 is 75 of the 100 px
    expect(outline(before, order, frame(2))).toBe('M0 100V25H252.4V75H400V100H400Z');
    expect(outline([1, 0], order, frame(2))).toBe('M0 100V100H252.4V0H400V100H400Z');
  });

  it('draws every rank of a large vocabulary within the frame, in columns of at least 2 px but the last', () => {
    const before = Float64Array.from({ length: 50_257 }, (_, i) => 1 / (i + 1) / 11.4);
    const log = vocabularyScale(before, before, 'log').copy().range([100, 0]);
    const path = outline(before, byProbability(before), { ...frame(before.length), y: log });
    const columns = [...path.matchAll(/V([\d.]+)H([\d.]+)/g)].map(([, y, x]) => [Number(y), Number(x)]);
    expect(columns.length).toBeLessThan(200);
    expect(columns.at(-2)![1]).toBe(400);
    const heights = columns.slice(0, -1).map(([y]) => y);
    expect(heights).toEqual([...heights].sort((a, b) => a - b));
  });

  it('draws nothing for what is less likely than the logarithmic scale begins', () => {
    const log = vocabularyScale([1], [1], 'log').copy().range([100, 0]);
    expect(outline([1, 1e-12], [0, 1], { ...frame(2), y: log })).toBe('M0 100V0H252.4V100H400V100H400Z');
  });
});

describe('vocabularyScale(before, after, scale), rankTicks(count)', () => {
  it('reaches the largest of both; powers of ten are labelled', () => {
    const scale = vocabularyScale([0.2, 0.1], [0.5, 0], 'linear');
    expect(scale.domain()).toEqual([0, 0.5]);
    expect(probabilityTicks(scale, 'linear')).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5]);
    expect(rankTicks(1500)).toEqual([1, 10, 100, 1000]);
  });
});
