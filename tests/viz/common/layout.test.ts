import { scaleLinear } from 'd3';
import { describe, expect, it } from 'vitest';
import { axisTicks } from '../../../src/lib/viz/common/axis';
import { placeTip } from '../../../src/lib/viz/common/tip-place';

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
