import { describe, expect, it } from 'vitest';
import { parseEdit } from '../../../src/lib/gpt2';
import { extentOf, filledGrid, gridRows, patchAxes } from '../../../src/lib/viz/why/cells';
import { positionsSay, readPositions } from '../../../src/lib/viz/why/edit-words';
import { headValues, largest, waterfall } from '../../../src/lib/viz/why/parts';
import { finitePoints, rangeWithZero } from '../../../src/lib/viz/why/scatter-layout';

describe('parts of a logit', () => {
  const parts = [
    { part: 'embed', value: 1 },
    { part: '0.0', value: 2 },
    { part: '0.1', value: -5 },
    { part: 'attn_bias 0', value: 0.5 },
    { part: 'mlp 0', value: 3 },
    { part: 'ln_f.bias', value: -1 }
  ];

  it('continue each other, and end at their sum', () => {
    const bars = waterfall(parts);
    expect(bars.map(({ group, from, value }) => [group, from, value])).toEqual([
      ['embed', 0, 1],
      ['heads', 1, -3],
      ['attn_bias', -2, 0.5],
      ['mlps', -1.5, 3],
      ['ln_f.bias', 1.5, -1]
    ]);
    expect(bars.at(-1)!.from + bars.at(-1)!.value).toBe(0.5);
  });

  it('give heads by block and place, and the largest by size', () => {
    expect(headValues(parts, 2, 2)).toEqual([
      [2, -5],
      [NaN, NaN]
    ]);
    expect(largest(parts, 2).map(({ part }) => part)).toEqual(['0.1', 'mlp 0']);
  });
});

describe('a grid that fills', () => {
  it('holds NaN where nothing has come, and its extent leaves that out', () => {
    const grid = filledGrid(2, 2, [{ row: 1, column: 0, value: -3 }]);
    expect(grid).toEqual([
      [NaN, NaN],
      [-3, NaN]
    ]);
    expect(gridRows(grid)).toEqual([
      ['0', '', ''],
      ['1', -3, '']
    ]);
    expect(extentOf(grid)).toBe(3);
    expect(extentOf([[NaN]])).toBe(1);
  });
});

describe('patchAxes({ what, in_layer })', () => {
  it('is one block’s heads by position only where a head has a value at a position', () => {
    const axes = (what: 'resid_pre' | 'z' | 'pattern', in_layer: number | null) => {
      const { isHead, ofLayer, byPosition } = patchAxes({ what, in_layer });
      return [isHead, ofLayer, byPosition];
    };
    expect(axes('resid_pre', 3)).toEqual([false, null, true]);
    expect(axes('z', 3)).toEqual([true, 3, true]);
    expect(axes('z', null)).toEqual([true, null, false]);
    expect(axes('pattern', 3)).toEqual([true, null, false]); // though a link may say so
  });
});

describe('positions as they are typed', () => {
  it('are numbers and ranges, and are written back in the same form', () => {
    expect(readPositions(' 3, 5-7 ')).toEqual([3, 5, 6, 7]);
    expect(readPositions('')).toBeUndefined();
    for (const text of ['x', '3-1', '1,,2', '-1']) expect(readPositions(text)).toBeNull();
    expect(positionsSay([3, 5, 6, 7])).toBe('3, 5-7');
    expect(parseEdit('zero:embed@3,5-7').positions).toEqual([3, 5, 6, 7]);
  });
});

describe('finitePoints(points), rangeWithZero(values)', () => {
  it('leaves out what is not finite', () => {
    const a = { key: 'a', x: 1, y: 2 };
    expect(finitePoints([a, { key: 'b', x: NaN, y: 1 }])).toEqual([a]);
  });

  it('keeps 0 in the range, and leaves a twentieth free at both ends', () => {
    expect(rangeWithZero([1, 2])).toEqual([-0.1, 2.1]);
    expect(rangeWithZero([])).toEqual([-0.05, 0.05]);
  });
});
