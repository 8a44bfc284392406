import { describe, expect, it } from 'vitest';
import { largest, smallest } from '../../../src/lib/viz/layer-norm/extremes';
import { stripColumns } from '../../../src/lib/viz/marks/strip';

describe('stripColumns(values, columns)', () => {
  it('gives each component a column while they fit', () => {
    expect(stripColumns([4, -5], 8)).toEqual([
      { first: 0, end: 1, component: 0, value: 4 },
      { first: 1, end: 2, component: 1, value: -5 }
    ]);
  });

  it('shows the largest of the components that share a column', () => {
    const columns = stripColumns([1, -9, 2, 3, 7], 3);
    expect(columns.map(({ first, end, component }) => [first, end, component])).toEqual([
      [0, 2, 1],
      [2, 4, 3],
      [4, 5, 4]
    ]);
  });

  it('lets a NaN be seen before all', () => {
    expect(stripColumns([50, NaN, 60], 1)[0].component).toBe(1);
  });
});

describe('largest(values, count), smallest(values, count)', () => {
  it('rank by size, whatever the sign', () => {
    expect(largest([0.5, -3, 2], 2)).toEqual([
      { index: 1, value: -3 },
      { index: 2, value: 2 }
    ]);
    expect(smallest([0.5, -3, -0.1], 2)).toEqual([
      { index: 2, value: -0.1 },
      { index: 0, value: 0.5 }
    ]);
  });

  it('break ties by index', () => {
    expect(largest([1, -1, 1], 3).map(({ index }) => index)).toEqual([0, 1, 2]);
  });
});
