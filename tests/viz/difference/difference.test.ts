import { describe, expect, it } from 'vitest';
import type { Token } from '../../../src/lib/gpt2';
import { alignTokens } from '../../../src/lib/viz/common/align-tokens';
import {
  cellAtPoint,
  columnsAt,
  differences,
  extentOf,
  largestOf,
  layoutGrid,
  pickColumns,
  placeOf,
  positionAxis,
  rowsAt,
  squareAt
} from '../../../src/lib/viz/difference/grid';

const tokens = (...ids: number[]) => ids.map((id) => ({ id, text: String(id) }) as unknown as Token);

describe('B − A at aligned places', () => {
  const places = alignTokens(tokens(1, 2, 3), tokens(1, 3));
  const [inA, inB] = [places.map(({ a }) => a), places.map(({ b }) => b)];

  it('subtracts rows of the same place, and leaves out what one run alone has', () => {
    const a = rowsAt(Float32Array.of(1, 2, 3, 4, 5, 6), 2, inA);
    const b = rowsAt(Float32Array.of(1, 0, 9, 6), 2, inB);
    expect([...differences({ a, b })]).toEqual([0, -2, NaN, NaN, 4, 0]);
  });

  it('takes a weight where query and key are in the run, and no key after its query', () => {
    // B: query 1 (place 2) reads key 0 by .25 and itself by .75
    expect([...squareAt(Float32Array.of(1, 0, 0.25, 0.75), 2, inB)]).toEqual([
      1,
      NaN,
      NaN,
      NaN,
      NaN,
      NaN,
      0.25,
      NaN,
      0.75
    ]);
  });

  it('takes columns of an array that has positions along its second axis', () => {
    expect([...columnsAt(Float32Array.of(1, 2, 3, 4), 2, inB)]).toEqual([1, NaN, 2, 3, NaN, 4]);
    expect([...pickColumns(Float32Array.of(1, 2, 3, 4, 5, 6), 3, [2, 0])]).toEqual([3, 1, 6, 4]);
  });

  it('says which run alone has a place, and where a position of A stands', () => {
    expect(positionAxis('position', places, ({ token }) => String(token.id))).toEqual({
      name: 'position',
      labels: ['1', '2', '3'],
      only: [null, 'a', null]
    });
    expect(placeOf(places, 2)).toBe(2);
    expect(placeOf(alignTokens(tokens(1), tokens(4, 1)), 0)).toBe(1);
  });

  it('finds the largest by size, and the reach of the scale', () => {
    const values = Float32Array.of(1, NaN, -3, 2);
    expect(largestOf(values, 2)).toEqual([2, 3]);
    expect(extentOf(values)).toBe(3);
    expect(extentOf(Float32Array.of(0, 0))).toBe(1);
  });
});

describe('layoutGrid(rows, columns, room)', () => {
  it('fills the room, within the least and largest width of a cell', () => {
    expect(layoutGrid(2, 30, 300)).toEqual({ cellWidth: 10, cellHeight: 18, width: 300, height: 36 });
    expect(layoutGrid(2, 2, 300).cellWidth).toBe(28);
    expect(layoutGrid(2, 768, 300).width).toBe(3 * 768);
    expect(layoutGrid(1024, 2, 300).cellHeight).toBe(4);
  });

  it('finds the cell under a point, also outside', () => {
    const layout = layoutGrid(2, 30, 300);
    expect(cellAtPoint(layout, 2, 30, 25, 20)).toEqual({ row: 1, column: 2 });
    expect(cellAtPoint(layout, 2, 30, -5, 999)).toEqual({ row: 1, column: 0 });
  });
});
