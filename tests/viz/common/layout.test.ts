import { scaleLinear } from 'd3-scale';
import { describe, expect, it } from 'vitest';
import { axisTicks } from '../../../src/lib/viz/common/axis';
import { layoutHistogram } from '../../../src/lib/viz/common/histogram';
import { nextIndex } from '../../../src/lib/viz/common/roving';
import { stripIndexAt, stripIndices } from '../../../src/lib/viz/common/strip';
import { placeTip } from '../../../src/lib/viz/common/tip-place';

const SIZE = { width: 300, height: 120 };

describe('axisTicks(scale, count)', () => {
  it('places round values with a true minus sign and no needless zeros', () => {
    expect(axisTicks(scaleLinear([-1, 1], [0, 100]), 4)).toEqual([
      { value: -1, at: 0, label: '−1' },
      { value: -0.5, at: 25, label: '−0.5' },
      { value: 0, at: 50, label: '0' },
      { value: 0.5, at: 75, label: '0.5' },
      { value: 1, at: 100, label: '1' }
    ]);
  });
});

describe('stripIndices(values, columns)', () => {
  it('repeats values over wider cells', () => {
    expect([...stripIndices([5, 6], 4)]).toEqual([0, 0, 1, 1]);
  });

  it('keeps the outlier where values share a column, and NaN before it', () => {
    expect([...stripIndices([1, -9, 2, 3], 2)]).toEqual([1, 3]);
    expect([...stripIndices([1, -9, NaN, 3], 2)]).toEqual([1, 2]);
    expect([...stripIndices([1, -9, NaN, 3], 1)]).toEqual([2]);
  });
});

describe('stripIndexAt(share, count)', () => {
  it('finds the value under a place and stays inside', () => {
    expect([0, 0.24, 0.25, 0.99, 1, 1.2, -0.1].map((share) => stripIndexAt(share, 4))).toEqual([
      0, 0, 1, 3, 3, 3, 0
    ]);
  });
});

describe('nextIndex(key, index, count)', () => {
  it('goes round at the ends and ignores other keys', () => {
    expect(nextIndex('ArrowRight', 2, 3)).toBe(0);
    expect(nextIndex('ArrowUp', 0, 3)).toBe(2);
    expect(nextIndex('Home', 2, 3)).toBe(0);
    expect(nextIndex('End', 0, 3)).toBe(2);
    expect(nextIndex('a', 0, 3)).toBeUndefined();
    expect(nextIndex('End', 0, 0)).toBeUndefined();
  });
});

describe('placeTip(point, tip, windowWidth)', () => {
  const tip = { width: 100, height: 20 };

  it('centres above the point', () => {
    expect(placeTip({ x: 200, y: 100 }, tip, 400)).toEqual({ left: 150, top: 70 });
  });

  it('goes below where there is no room above, and stays in the window', () => {
    expect(placeTip({ x: 2, y: 10 }, tip, 400)).toEqual({ left: 4, top: 20 });
    expect(placeTip({ x: 399, y: 100 }, tip, 400).left).toBe(296);
  });
});

describe('layoutHistogram(series, options)', () => {
  const one = (values: ArrayLike<number>) => [{ values, color: 'black', label: 'x' }];

  it('counts every finite value once, the greatest included', () => {
    const { bins } = layoutHistogram(one([0, 1, 1, 2, 4]), { ...SIZE, bins: 4 });
    expect(bins.map(({ from, to, counts }) => [from, to, ...counts])).toEqual([
      [0, 1, 1],
      [1, 2, 2],
      [2, 3, 1],
      [3, 4, 1]
    ]);
  });

  it('states mean, population deviation, and what it leaves out', () => {
    const values = Float32Array.from([1, 3, 100, NaN, Infinity]);
    const [summary] = layoutHistogram(one(values), { ...SIZE, domain: [0, 4] }).summaries;
    expect(summary).toMatchObject({ count: 5, outside: 1, notFinite: 2, least: 1, greatest: 100 });
    const [pair] = layoutHistogram(one([1, 3]), SIZE).summaries; // mean 2, distances 1
    expect(pair.mean).toBe(2);
    expect(pair.deviation).toBeCloseTo(1, 10);
  });

  it('shares one axis between series', () => {
    const { bins } = layoutHistogram([...one([-3]), ...one([5])], { ...SIZE, bins: 2 });
    expect(bins.map(({ counts }) => counts)).toEqual([
      [1, 0],
      [0, 1]
    ]);
    expect([bins[0].from, bins[1].to]).toEqual([-3, 5]);
  });

  it('draws one value, equal values and none without NaN in its paths', () => {
    for (const values of [[2], [2, 2, 2], [], [NaN]]) {
      const { shapes, xTicks } = layoutHistogram(one(values), SIZE);
      expect(JSON.stringify([shapes, xTicks])).not.toMatch(/NaN|null/);
    }
  });

  it('keeps its ticks inside the picture', () => {
    const { xTicks, yTicks, plot } = layoutHistogram(one([0, 1, 5]), SIZE);
    for (const { at } of xTicks) expect(at >= plot.left && at <= plot.right).toBe(true);
    for (const { at } of yTicks) expect(at >= plot.top && at <= plot.bottom).toBe(true);
  });
});
