import { describe, expect, it } from 'vitest';
import { layoutTrack, TRACK_FRAME } from '../../../src/lib/viz/logit-lens/track-layout';
import { trackPath } from '../../../src/lib/viz/logit-lens/track';
import { row } from '../shared/lens-fixture';

const { width, height, left, right, top, bottom } = TRACK_FRAME;
const low = height - bottom;

describe('layoutTrack(values, kind, greatest)', () => {
  it('puts rank 1 on top and the last rank at the bottom, with equal steps for equal factors', () => {
    const { points } = layoutTrack([10_000, 100, 1], 'rank', 10_000);
    expect(points.map(({ y }) => y)).toEqual([low, (low + top) / 2, top]);
    expect(points.map(({ x }) => x)).toEqual([left, (left + width - right) / 2, width - right]);
  });

  it('puts a quarter half-way up: the square root', () => {
    const { points } = layoutTrack([0, 0.25, 1], 'probability', 5);
    expect(points.map(({ y }) => y)).toEqual([low, (low + top) / 2, top]);
  });

  it('leaves a gap where a depth is not known', () => {
    const { points, path } = layoutTrack([1, undefined, 1, 1], 'probability', 5);
    expect(points.map(({ depth }) => depth)).toEqual([0, 2, 3]);
    expect(path.match(/[ML]/g)).toEqual(['M', 'M', 'L']);
  });

  it('labels the first and the last depth and lets no two labels touch', () => {
    for (const n_layer of [1, 12, 48]) {
      const ticks = layoutTrack(
        Array.from({ length: n_layer + 1 }, () => 1),
        'rank',
        50_257
      ).xTicks;
      expect(ticks[0].value).toBe(0);
      expect(ticks.at(-1)?.value).toBe(n_layer);
      for (let i = 1; i < ticks.length; i++) expect(ticks[i].at - ticks[i - 1].at).toBeGreaterThanOrEqual(17);
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
