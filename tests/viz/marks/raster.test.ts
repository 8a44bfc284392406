import { describe, expect, it } from 'vitest';
import { poolSquare, probabilityTable, rasterise, signedTable } from '../../../src/lib/viz/marks/raster.ts';

// A scale whose red channel is the place on the ramp, so that a pixel can be read back.
const grey = (t: number): string => `rgb(${Math.round(255 * t)}, 0, 0)`;
const NAN_COLOUR = 'rgb(1, 2, 3)';
const probability = probabilityTable({ color: (p) => (Number.isNaN(p) ? NAN_COLOUR : grey(Math.sqrt(p))) });
const signed = signedTable({ color: (x) => (Number.isNaN(x) ? NAN_COLOUR : grey((x / 4 + 1) / 2)) }, 4);

const reds = (rgba: Uint8ClampedArray): number[] => [...rgba].filter((_, i) => i % 4 === 0);
const alphas = (rgba: Uint8ClampedArray): number[] => [...rgba].filter((_, i) => i % 4 === 3);

describe('rasterise(values, T, table, causal)', () => {
  it('gives one pixel a cell and nothing above the diagonal', () => {
    const { side, rgba } = rasterise([1, 0.5, 0.25, 0.04], 2, probability, true);
    expect(side).toBe(2);
    expect(reds(rgba)).toEqual([255, 0, 128, 51]); // 255 · √p, rounded
    expect(alphas(rgba)).toEqual([255, 0, 255, 255]);
  });

  it('gives every cell its colour where all are drawn', () => {
    expect(reds(rasterise([0, -4, 4, 0], 2, signed, false).rgba)).toEqual([128, 0, 255, 128]);
  });

  it('clips, and shows NaN as NaN', () => {
    const { rgba } = rasterise([9, -9, NaN, 0], 2, signed, false);
    expect(reds(rgba)).toEqual([255, 0, 1, 128]);
  });
});

describe('poolSquare(values, T, block, causal)', () => {
  const values = [1, 9, 9, 0.2, 0.8, 9, -5, 4, NaN];
  it('keeps the largest of each block, by size, and never loses NaN', () => {
    // Blocks of 2 × 2 of [[1], [.2, .8], [−5, 4, NaN]], without what the mask hides.
    expect(poolSquare(values, 3, 2, true)).toEqual({ values: Float32Array.of(1, 0, -5, NaN), side: 2 });
    expect(poolSquare(values, 3, 2, false).values).toEqual(Float32Array.of(9, 9, -5, NaN));
  });
  it('changes nothing where each cell has its pixel', () => {
    expect(poolSquare(values, 3, 1, true)).toEqual({ values, side: 3 });
  });
});
