import { scaleLinear } from 'd3';
import { describe, expect, it } from 'vitest';
import {
  depthsLabelled,
  depthUnder,
  isDrawable,
  normAxis,
  normTicks
} from '../../../src/lib/viz/residual/chart-layout.ts';
import {
  cellAt,
  cellUnder,
  layoutHeat,
  mostHeatZoom,
  niceEvery,
  positionsSeen,
  zoomHeat
} from '../../../src/lib/viz/residual/heat-layout.ts';
import { columnAt, largestPossible, stepsAt } from '../../../src/lib/viz/residual/steps.ts';

// Two blocks, two positions: depths 0, 1, 2 are the rows.
const NORMS = new Float32Array([1, 10, 3, 40, 5, 80]);
const ATTN = new Float32Array([1, 12, 3, 20]);
const MLP = new Float32Array([3, 36, 1, 60]);

describe('columnAt(norms, T, position)', () => {
  it('reads one position at every depth', () => {
    expect([...columnAt(NORMS, 2, 0)]).toEqual([1, 3, 5]);
    expect([...columnAt(NORMS, 2, 1)]).toEqual([10, 40, 80]);
  });
});

describe('stepsAt(norms, attnNorms, mlpNorms, T, position)', () => {
  it('tells what each block adds and what the stream becomes', () => {
    expect(stepsAt(NORMS, ATTN, MLP, 2, 1)).toEqual([
      { layer: 0, before: 10, attn: 12, mlp: 36, after: 40, share: 0.25 },
      { layer: 1, before: 40, attn: 20, mlp: 60, after: 80, share: 0.25 }
    ]);
  });

  it('leaves the sum of the three norms above what the stream becomes', () => {
    const [step] = stepsAt(NORMS, ATTN, MLP, 2, 0);
    expect(largestPossible(step)).toBe(5);
    expect(step.after).toBe(3);
  });

  it('refuses norms of different runs', () => {
    expect(() => stepsAt(NORMS, ATTN.slice(0, 2), MLP, 2, 0)).toThrow(/must be \[2, 2\], got 2 and 4/);
  });
});

describe('layoutHeat(T, depths, room)', () => {
  it('fills the room, with depth 0 at the bottom', () => {
    const heat = layoutHeat(20, 13, 600);
    expect(heat).toMatchObject({ cellWidth: 30, cellHeight: 18, width: 600, height: 234, positionEvery: 1 });
    expect(cellAt(heat, 0, 2)).toEqual({ x: 60, y: 216 });
    expect(cellAt(heat, 12, 0)).toEqual({ x: 0, y: 0 });
  });

  it('fits 512 positions into the room, and zooms until a column has room for its token', () => {
    const heat = layoutHeat(512, 13, 512);
    expect(heat).toMatchObject({ cellWidth: 1, width: 512, positionEvery: 50 });
    const zoomed = zoomHeat(heat, { k: mostHeatZoom(heat), x: 0.5, y: 0 });
    expect(zoomed).toMatchObject({ cellWidth: 32, width: 512, positionEvery: 1 });
    expect(cellUnder(zoomed, 1, 1).position).toBe(256);
    expect(cellAt(zoomed, 12, 256)).toEqual({ x: 0, y: 0 });
    expect(positionsSeen(zoomed)).toEqual({ first: 256, end: 273 });
  });

  it('does not blow up one position', () => {
    expect(layoutHeat(1, 13, 600)).toMatchObject({ cellWidth: 56, width: 56 });
  });

  it('refuses an empty prompt', () => {
    expect(() => layoutHeat(0, 13, 600)).toThrow(RangeError);
  });
});

describe('cellUnder(layout, x, y)', () => {
  it('finds the cell of each cell centre, and stays inside', () => {
    const heat = layoutHeat(7, 5, 300);
    for (let depth = 0; depth < 5; depth++) {
      for (let position = 0; position < 7; position++) {
        const { x, y } = cellAt(heat, depth, position);
        expect(cellUnder(heat, x + heat.cellWidth / 2, y + heat.cellHeight / 2)).toEqual({ depth, position });
      }
    }
    expect(cellUnder(heat, -5, 9999)).toEqual({ depth: 0, position: 0 });
  });
});

describe('niceEvery(least)', () => {
  it('is 1, 2 or 5 times a power of ten', () => {
    expect([0.2, 1, 1.1, 3, 6.5, 26].map(niceEvery)).toEqual([1, 1, 2, 5, 10, 50]);
  });
});

describe('normAxis(all, kind)', () => {
  it('is linear from zero', () => {
    expect(normAxis([1, 5, 10], 'linear').domain()).toEqual([0, 10]);
    expect(normAxis([0, 0], 'linear').domain()).toEqual([0, 1]);
  });

  it('spreads decades evenly on the log scale', () => {
    const axis = normAxis([1, 10, 100, 0, NaN], 'log');
    expect(axis(10)).toBeCloseTo(0.5);
    expect(normTicks(axis, 'log')).toEqual([1, 10, 100]);
  });

  it('survives norms that are all zero: none can be drawn by its logarithm', () => {
    expect(normAxis([0, 0], 'log').domain()).toEqual([1, 1.1]);
    expect([0, 1, NaN].map((norm) => isDrawable(norm, 'log'))).toEqual([false, true, false]);
    expect([0, 1, NaN].map((norm) => isDrawable(norm, 'linear'))).toEqual([true, true, false]);
  });
});

describe('depthsLabelled(x, n_layer)', () => {
  it('leaves out what would touch', () => {
    expect(depthsLabelled(scaleLinear([0, 4], [0, 72]), 4)).toEqual([0, 1, 2, 3, 4]);
    expect(depthsLabelled(scaleLinear([0, 4], [0, 71]), 4)).toEqual([0, 2, 4]);
  });
});

describe('depthUnder(x, depths, px)', () => {
  it('is the nearest depth, held inside', () => {
    const x = scaleLinear([0, 2], [0, 200]);
    expect([-30, 0, 49, 51, 100, 500].map((px) => depthUnder(x, 3, px))).toEqual([0, 0, 0, 1, 1, 2]);
  });
});
