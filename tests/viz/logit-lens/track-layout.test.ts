import { describe, expect, it } from 'vitest';
import { trackPath } from '../../../src/lib/viz/logit-lens/track';
import { depthTicks, TRACK, trackScale, trackTicks } from '../../../src/lib/viz/logit-lens/track-layout';
import { row } from '../shared/lens-fixture';

describe('trackScale(kind, vocab_size)', () => {
  it('puts rank 1 on top and the last rank at the bottom, with equal steps for equal factors', () => {
    expect([10_000, 100, 1].map(trackScale('rank', 10_000))).toEqual([0, 0.5, 1]);
    expect(trackTicks('rank', 10_000)).toEqual([1, 100, 10_000]);
  });

  it('puts a quarter half-way up: the square root', () => {
    expect([0, 0.25, 1].map(trackScale('probability', 5))).toEqual([0, 0.5, 1]);
  });
});

describe('depthTicks(n_layer)', () => {
  it('has the first and the last depth, and no two that touch', () => {
    const room = TRACK.width - TRACK.margin.left - TRACK.margin.right;
    for (const n_layer of [1, 12, 48]) {
      const ticks = depthTicks(n_layer);
      expect(ticks[0]).toBe(0);
      expect(ticks.at(-1)).toBe(n_layer);
      for (let i = 1; i < ticks.length; i++)
        expect(((ticks[i] - ticks[i - 1]) * room) / n_layer).toBeGreaterThanOrEqual(17);
    }
  });
});

describe('trackPath(rows, position)', () => {
  it('reads the followed token at one position by depth', () => {
    expect(trackPath([row([1, 1], [9, 3]), undefined, row([1, 1])], 1)).toEqual({
      ranks: [3, undefined, undefined],
      probabilities: [0.5, undefined, undefined]
    });
  });
});
