import { hcl, lab, rgb } from 'd3';
import { describe, expect, it } from 'vitest';
import {
  contrast,
  headColor,
  hueColor,
  logScale,
  maskedColor,
  nanColor,
  probabilityScale,
  readableInk,
  robustExtent,
  sequentialScale,
  signedScale,
  type ColorScale,
  type Hue,
  type Theme
} from '../../src/lib/viz/color';
import { toOklab } from '../../src/lib/viz/color/oklab';

const THEMES: Theme[] = ['light', 'dark'];
const HEADS = 12;
const HUES: Hue[] = [
  'attn',
  'mlp',
  'prob',
  'stream',
  ...Array.from({ length: HEADS }, (_, head) => ({ head, n_head: HEADS }))
];
const PERCENTS = Array.from({ length: 101 }, (_, i) => i / 100);
const PANEL = { light: '#ffffff', dark: '#1b1e24' };
const AA = 4.5;

/** A name, a scale and the values from one end of its domain to the other, for every kind of scale. */
function everyScale(theme: Theme): [string, ColorScale, number[]][] {
  const hued = HUES.flatMap((hue): [string, ColorScale, number[]][] => [
    [`probability ${JSON.stringify(hue)}`, probabilityScale(theme, hue), PERCENTS],
    [`sequential ${JSON.stringify(hue)}`, sequentialScale(theme, [0, 1], 'nats', hue), PERCENTS],
    [`log ${JSON.stringify(hue)}`, logScale(theme, [1, 50257], 'rank', hue), PERCENTS.map((p) => 50257 ** p)]
  ]);
  return [...hued, ['signed', signedScale(theme, 1, 'value'), PERCENTS.map((p) => 2 * p - 1)]];
}

/** Distance in CIE Lab, where about 2 can just be seen. */
function distance(one: string, other: string): number {
  const [a, b] = [lab(one), lab(other)];
  return Math.hypot(a.l - b.l, a.a - b.a, a.b - b.b);
}

describe('contrast(one, other)', () => {
  it('is 21 for black on white, 1 for a colour on itself, in either order', () => {
    expect(contrast('#000', '#fff')).toBeCloseTo(21, 10);
    expect(contrast('#fff', '#000')).toBeCloseTo(21, 10);
    expect(contrast('#6a4fb3', '#6a4fb3')).toBe(1);
  });

  it('gives the grey at the edge of WCAG AA its known ratio', () => {
    expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2); // WebAIM's textbook example
  });
});

describe.each(THEMES)('every scale, %s', (theme) => {
  it.each(everyScale(theme))('%s: text(value) has 4.5:1 on color(value)', (_, scale, values) => {
    for (const value of [...values, NaN, -Infinity, Infinity]) {
      expect(contrast(scale.color(value), scale.text(value)), `at ${value}`).toBeGreaterThanOrEqual(AA);
    }
  });

  it.each(everyScale(theme))('%s: NaN is the NaN red, −Infinity the masked grey', (_, scale) => {
    expect(scale.color(NaN)).toBe(nanColor(theme));
    expect(scale.color(-Infinity)).toBe(maskedColor(theme));
  });

  it.each(everyScale(theme))('%s: no value looks like NaN', (_, scale, values) => {
    for (const value of values) expect(distance(scale.color(value), nanColor(theme))).toBeGreaterThan(15);
  });

  it.each(everyScale(theme))('%s: the legend ends in the colours of the end values', (_, scale, values) => {
    expect(scale.legend.gradient.at(0)).toBe(scale.color(values.at(0)!));
    expect(scale.legend.gradient.at(-1)).toBe(scale.color(values.at(-1)!));
    expect(scale.legend.unit).not.toBe('');
    for (const { at } of scale.legend.ticks) {
      expect(at).toBeGreaterThanOrEqual(0);
      expect(at).toBeLessThanOrEqual(1);
    }
  });
});

describe('probabilityScale(theme, hue)', () => {
  const scale = probabilityScale('light', 'prob');

  it('runs from the panel to the full hue and clips outside', () => {
    expect(scale.color(0)).toBe('#ffffff');
    expect(scale.color(1)).toBe(hueColor('light', 'prob'));
    expect(scale.color(-0.1)).toBe(scale.color(0));
    expect(scale.color(1.0000001)).toBe(scale.color(1));
    expect(scale.color(Infinity)).toBe(scale.color(1));
  });

  it('is a square root: 1/4 looks half way, and the legend says where values lie', () => {
    const [low, half, high] = [0, 0.25, 1].map((p) => toOklab(scale.color(p)).l);
    expect(half).toBeCloseTo((low + high) / 2, 2);
    expect(scale.legend.unit).toBe('probability (√ scale)');
    for (const { at, label } of scale.legend.ticks) expect(at).toBeCloseTo(Math.sqrt(Number(label)), 10);
  });
});

describe('signedScale(theme, extent, unit)', () => {
  it.each(THEMES)('has the panel at 0 and two unlike ends, %s', (theme) => {
    const scale = signedScale(theme, 2.5, 'value');
    expect(distance(scale.color(0), PANEL[theme])).toBeLessThan(2);
    expect(distance(scale.color(-2.5), scale.color(2.5))).toBeGreaterThan(60);
    expect(hcl(scale.color(2.5)).h).toBeGreaterThan(200); // blue
    expect(hcl(scale.color(-2.5)).h).toBeLessThan(75); // orange-brown
  });

  it.each(THEMES)('keeps its ends apart from attention, MLP and NaN, %s', (theme) => {
    const scale = signedScale(theme, 1, 'value');
    for (const end of [-1, 1]) {
      for (const other of [hueColor(theme, 'attn'), hueColor(theme, 'mlp'), nanColor(theme)]) {
        expect(distance(scale.color(end), other)).toBeGreaterThan(20);
      }
    }
  });

  it('clips and says so at both ends', () => {
    const scale = signedScale('light', 2.5, 'value');
    expect(scale.color(99)).toBe(scale.color(2.5));
    expect(scale.color(-99)).toBe(scale.color(-2.5));
    expect(scale.legend.ticks).toEqual([
      { at: 0, label: '≤ −2.5' },
      { at: 0.5, label: '0' },
      { at: 1, label: '≥ 2.5' }
    ]);
  });

  it('has one colour and one tick for an extent of 0', () => {
    const scale = signedScale('light', 0, 'value');
    expect(scale.color(0)).toBe(scale.color(1));
    expect(scale.legend.ticks).toEqual([{ at: 0.5, label: '0' }]);
  });
});

describe('sequentialScale(theme, domain, unit, hue?)', () => {
  it('puts each tick where its value lies', () => {
    const { ticks } = sequentialScale('light', [2, 10], 'nats').legend;
    expect(ticks.length).toBeGreaterThan(2);
    for (const { at, label } of ticks) expect(at).toBeCloseTo((Number(label) - 2) / 8, 10);
  });

  it('keeps a domain of one value quiet', () => {
    const scale = sequentialScale('dark', [3, 3], 'nats');
    expect(scale.color(3)).toBe(scale.color(0));
    expect(scale.legend.ticks).toEqual([{ at: 0, label: '3' }]);
  });
});

describe('logScale(theme, domain, unit, hue?)', () => {
  const scale = logScale('light', [1, 10_000], 'rank');

  it('is strongest at rank 1 and pale at the last', () => {
    expect(scale.color(1)).toBe(hueColor('light', 'prob'));
    expect(scale.color(10_000)).toBe('#ffffff');
    expect(logScale('light', [10_000, 1], 'rank').color(1)).toBe(scale.color(1));
  });

  it('gives every power of ten the same way on the ramp', () => {
    expect(scale.legend.ticks).toEqual([
      { at: 0, label: '1' },
      { at: expect.closeTo(0.25, 10), label: '10' },
      { at: expect.closeTo(0.5, 10), label: '100' },
      { at: expect.closeTo(0.75, 10), label: '1k' },
      { at: 1, label: '10k' }
    ]);
  });

  it('clips a rank below 1', () => {
    expect(scale.color(0)).toBe(scale.color(1));
  });
});

describe('headColor(theme, head, n_head)', () => {
  it.each(THEMES)('has equal lightness and chroma for all heads, %s', (theme) => {
    const tones = Array.from({ length: HEADS }, (_, head) => toOklab(headColor(theme, head, HEADS)));
    for (const { l, a, b } of tones) {
      expect(l).toBeCloseTo(tones[0].l, 2);
      expect(Math.hypot(a, b)).toBeCloseTo(Math.hypot(tones[0].a, tones[0].b), 2);
    }
  });

  it.each([12, 16, 20, 25])('tells %i heads apart', (n_head) => {
    const colors = Array.from({ length: n_head }, (_, head) => headColor('light', head, n_head));
    expect(new Set(colors).size).toBe(n_head);
    expect(colors.every((color) => rgb(color).displayable())).toBe(true);
  });
});

describe('readableInk(theme, background)', () => {
  it('takes the theme’s ink or panel where one of them can be read', () => {
    expect(readableInk('light', '#ffffff')).toBe('#1b1d22');
    expect(readableInk('light', '#6a4fb3')).toBe('#ffffff');
  });

  it('falls back to black or white on a middle grey', () => {
    expect(contrast(readableInk('dark', '#777777'), '#777777')).toBeGreaterThanOrEqual(AA);
  });
});

describe('robustExtent(values, quantile?)', () => {
  it('is the |x| below which a share of the values lies', () => {
    const values = Array.from({ length: 101 }, (_, i) => (i % 2 ? -i : i)); // |x| = 0 .. 100
    expect(robustExtent(values, 0.9)).toBe(90);
    expect(robustExtent(values)).toBe(99);
  });

  it('is not fooled by an outlier, NaN or Infinity', () => {
    const values = new Float32Array(1000).fill(1);
    values.set([3000, NaN, -Infinity, Infinity]);
    expect(robustExtent(values)).toBe(1);
  });

  it('takes the largest value of a sparse array, and 1 where there is nothing', () => {
    expect(robustExtent([0, 0, 0, 0, -4, ...new Array(996).fill(0)])).toBe(4);
    expect(robustExtent([0, 0])).toBe(1);
    expect(robustExtent([NaN, Infinity])).toBe(1);
    expect(robustExtent([])).toBe(1);
  });

  it('leaves its input alone', () => {
    const values = [3, -1, 2];
    robustExtent(values);
    expect(values).toEqual([3, -1, 2]);
  });
});
