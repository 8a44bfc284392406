import { describe, expect, it } from 'vitest';
import { probabilityTable, rasterise, signedTable } from '../../../src/lib/viz/attention/raster.ts';

// A scale whose red channel is the place on the ramp, so that a pixel can be read back.
const grey = (t: number): string => `rgb(${Math.round(255 * t)}, 0, 0)`;
const NAN_COLOUR = 'rgb(1, 2, 3)';
const probability = probabilityTable({ color: (p) => (Number.isNaN(p) ? NAN_COLOUR : grey(Math.sqrt(p))) });
const signed = signedTable({ color: (x) => (Number.isNaN(x) ? NAN_COLOUR : grey((x / 4 + 1) / 2)) }, 4);

const reds = (rgba: Uint8ClampedArray): number[] => [...rgba].filter((_, i) => i % 4 === 0);
const alphas = (rgba: Uint8ClampedArray): number[] => [...rgba].filter((_, i) => i % 4 === 3);

describe('rasterise(values, T, table, options)', () => {
  it('gives one pixel a cell and nothing above the diagonal', () => {
    const { side, block, rgba } = rasterise([1, 0.5, 0.25, 0.04], 2, probability, {
      causal: true,
      mostPixels: 8
    });
    expect([side, block]).toEqual([2, 1]);
    expect(reds(rgba)).toEqual([255, 0, 128, 51]); // 255 · √p, rounded
    expect(alphas(rgba)).toEqual([255, 0, 255, 255]);
  });

  it('gives a block of cells its value of largest size', () => {
    const values = [1, -4, 0, 0, 0, 0, 0, 0, 4];
    const { side, block, rgba } = rasterise(values, 3, signed, { causal: false, mostPixels: 2 });
    expect([side, block]).toEqual([2, 2]);
    expect(reds(rgba)).toEqual([0, 128, 128, 255]);
  });

  it('clips, and shows NaN as NaN', () => {
    const { rgba } = rasterise([9, -9, NaN, 0], 2, signed, { causal: false, mostPixels: 2 });
    expect(reds(rgba)).toEqual([255, 0, 1, 128]);
  });
});
