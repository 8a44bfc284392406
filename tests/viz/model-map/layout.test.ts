import { describe, expect, it } from 'vitest';
import { attentionShare, barScale } from '../../../src/lib/viz/common/bars.ts';
import { barBox, layoutMap } from '../../../src/lib/viz/model-map/layout.ts';

describe('layoutMap(n_layer, orientation, width)', () => {
  it('stands twelve blocks 44 px apart on a vertical spine', () => {
    const map = layoutMap(12, 'vertical', 184);
    expect(map.blocks.map(({ y }) => y).slice(0, 3)).toEqual([58, 102, 146]);
    expect(map.blocks.every(({ x }) => x === 92)).toBe(true);
    expect(map.height).toBe(12 + 46 + 11 * 44 + 46 + 34 + 12);
    expect(map.stops).toHaveLength(1 + 2 * 12 + 2);
  });

  it('gives attention the left half of a block and the MLP the right, without overlap', () => {
    const map = layoutMap(12, 'vertical', 184);
    expect(map.stops[1].area).toEqual({ x: 0, y: 36, width: 92, height: 44 });
    expect(map.stops[2].area).toEqual({ x: 92, y: 36, width: 92, height: 44 });
  });

  it('never puts blocks nearer than 24 px, however many there are', () => {
    const { blocks } = layoutMap(48, 'vertical', 184);
    expect(blocks[1].y - blocks[0].y).toBe(24);
    expect(blocks[0].band.height).toBe(24);
  });

  it('gives attention the upper half on a horizontal spine', () => {
    const map = layoutMap(12, 'horizontal', 992);
    expect(map.blocks[1].x - map.blocks[0].x).toBe(60); // (992 - 72 - 72 - 92 - 36) / 12
    expect(map.stops[1].area).toEqual({ x: 84, y: 0, width: 60, height: 60 });
    expect(map.stops[2].area).toEqual({ x: 84, y: 60, width: 60, height: 60 });
    expect(map.width).toBe(992);
  });

  it('is wider than a narrow page and scrolls there', () => {
    expect(layoutMap(12, 'horizontal', 358).width).toBe(72 + 12 + 12 * 30 + 12 + 72 + 12 + 92);
  });

  it('refuses a model without blocks', () => {
    expect(() => layoutMap(0, 'vertical', 184)).toThrow(RangeError);
  });
});

describe('barBox(orientation, side, centre, offset, length)', () => {
  it('grows away from the spine', () => {
    const centre = { x: 92, y: 58 };
    expect(barBox('vertical', 'attn', centre, 9, 20)).toEqual({ x: 63, y: 51, width: 20, height: 14 });
    expect(barBox('vertical', 'mlp', centre, 9, 20)).toEqual({ x: 101, y: 51, width: 20, height: 14 });
    expect(barBox('horizontal', 'attn', centre, 9, 20)).toEqual({ x: 85, y: 29, width: 14, height: 20 });
    expect(barBox('horizontal', 'mlp', centre, 9, 20)).toEqual({ x: 85, y: 67, width: 14, height: 20 });
  });
});

describe('barScale(values)', () => {
  it('is linear from zero while the norms are comparable', () => {
    const scale = barScale([2, 4, 8]);
    expect(scale).toMatchObject({ kind: 'linear', max: 8 });
    expect(scale.length(2, 80)).toBe(20);
  });

  it('takes the square root where one norm would flatten the others', () => {
    const scale = barScale([4, 4, 4, 400]);
    expect(scale).toMatchObject({ kind: 'sqrt', max: 400 });
    expect(scale.length(4, 80)).toBe(8);
    expect(scale.length(400, 80)).toBe(80);
  });

  it('draws no bar for NaN, and none at all without a norm', () => {
    expect(barScale([1, NaN]).length(NaN, 80)).toBe(0);
    expect(barScale([NaN]).max).toBe(0);
    expect(barScale([]).length(1, 80)).toBe(0);
  });
});

describe('attentionShare(attnNorm, mlpNorm)', () => {
  it('is the part of attention in what both add', () => {
    expect(attentionShare(1, 3)).toBe(0.25);
    expect(attentionShare(0, 0)).toBeNaN();
  });
});
