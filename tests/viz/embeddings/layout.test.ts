import { describe, expect, it } from 'vitest';
import {
  componentAt,
  componentInStack,
  componentUnder,
  layoutStrip,
  moveComponent,
  stripTop,
  windowAround
} from '../../../src/lib/viz/embeddings/layout.ts';
import { angleInWords, countBeyond, norm, sumFacts } from '../../../src/lib/viz/embeddings/sum.ts';

describe('layoutStrip(n_embd, room)', () => {
  it('keeps one row while components are at least 3 px wide', () => {
    expect(layoutStrip(192, 768)).toMatchObject({
      rows: 1,
      perRow: 192,
      cellWidth: 4,
      rowHeight: 28,
      height: 28
    });
    expect(layoutStrip(192, 576)).toMatchObject({ rows: 1, cellWidth: 3 });
  });

  it('wraps wider models into rows: 768 components in 600 px take four', () => {
    expect(layoutStrip(768, 600)).toMatchObject({ rows: 4, perRow: 192, cellWidth: 3.125, height: 64 });
  });

  it('fits gpt2-xl on a phone', () => {
    const strip = layoutStrip(1600, 340); // 1600 · 3 / 340 = 14.1
    expect(strip).toMatchObject({ rows: 15, perRow: 107 });
    expect(strip.cellWidth).toBeGreaterThanOrEqual(3);
  });

  it('refuses a width that is no whole number', () => {
    expect(() => layoutStrip(0, 600)).toThrow(RangeError);
  });
});

describe('componentUnder(layout, x, y)', () => {
  it('undoes componentAt for every component', () => {
    const strip = layoutStrip(500, 340);
    for (let component = 0; component < 500; component++) {
      const { x, y } = componentAt(strip, component);
      expect(componentUnder(strip, x + strip.cellWidth / 2, y + strip.rowHeight / 2)).toBe(component);
    }
  });

  it('stays inside, also in a last row that is not full', () => {
    const strip = layoutStrip(500, 340); // 5 rows of 100
    expect(componentUnder(strip, -10, -10)).toBe(0);
    expect(componentUnder(strip, 9999, 9999)).toBe(499);
  });
});

describe('componentInStack(layout, x, y)', () => {
  it('is the same component in each of the three strips', () => {
    const strip = layoutStrip(192, 768); // 28 px high under a head of 26 px
    expect([0, 1, 2].map((index) => stripTop(strip, index))).toEqual([26, 80, 134]);
    expect([30, 84, 138].map((y) => componentInStack(strip, 70, y))).toEqual([17, 17, 17]);
  });
});

describe('moveComponent(component, key, layout)', () => {
  const strip = layoutStrip(500, 340);
  it('moves by one, by a row, and to the ends', () => {
    expect(moveComponent(7, 'ArrowRight', strip)).toBe(8);
    expect(moveComponent(7, 'ArrowDown', strip)).toBe(107);
    expect(moveComponent(7, 'ArrowUp', strip)).toBe(0);
    expect(moveComponent(7, 'End', strip)).toBe(499);
    expect(moveComponent(7, 'Home', strip)).toBe(0);
    expect(moveComponent(7, 'x', strip)).toBeUndefined();
  });
});

describe('windowAround(component, reach, n_embd)', () => {
  it('is centred, and moved inwards at the ends', () => {
    expect(windowAround(50, 12, 192)).toEqual({ from: 38, to: 63 });
    expect(windowAround(0, 12, 192)).toEqual({ from: 0, to: 25 });
    expect(windowAround(191, 12, 192)).toEqual({ from: 167, to: 192 });
    expect(windowAround(2, 12, 8)).toEqual({ from: 0, to: 8 });
  });
});

describe('sumFacts(embed, pos_embed, resid_pre)', () => {
  it('measures norms, the angle and the addition', () => {
    const facts = sumFacts(new Float32Array([3, 0]), new Float32Array([0, 4]), new Float32Array([3, 4]));
    expect(facts).toEqual({ wteNorm: 3, wpeNorm: 4, sumNorm: 5, cosine: 0, largestError: 0 });
  });

  it('reports an addition that does not hold', () => {
    const facts = sumFacts(new Float32Array([1, 2]), new Float32Array([1, 2]), new Float32Array([2, 4.5]));
    expect(facts.largestError).toBe(0.5);
    expect(facts.cosine).toBeCloseTo(1, 12);
  });

  it('refuses rows of different length', () => {
    expect(() => sumFacts(new Float32Array(2), new Float32Array(3), new Float32Array(2))).toThrow(RangeError);
  });
});

describe('norm(values)', () => {
  it('is the root of the sum of squares', () => expect(norm([2, 3, 6])).toBe(7));
});

describe('angleInWords(cosine)', () => {
  it('tells the sign and the right angle', () => {
    expect(angleInWords(0.05)).toMatch('right angle');
    expect(angleInWords(0.5)).toMatch('same way');
    expect(angleInWords(-0.5)).toMatch('against');
    expect(angleInWords(NaN)).toMatch('no direction');
  });
});

describe('countBeyond(values, extent)', () => {
  it('counts what the colour cannot tell apart', () => expect(countBeyond([-3, -1, 0, 2], 1)).toBe(2));
});
