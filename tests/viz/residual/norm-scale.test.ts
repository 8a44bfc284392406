import { describe, expect, it } from 'vitest';
import { defaultKind, normScale } from '../../../src/lib/viz/residual/norm-scale.ts';

describe('defaultKind(norms)', () => {
  it('is logarithmic only where one norm hides the others', () => {
    expect(defaultKind([20, 30, 40])).toBe('linear');
    expect(defaultKind([20, 30, 40, 3000])).toBe('log');
  });
});

describe('normScale(theme, norms, kind)', () => {
  const norms = [1, 10, 100];
  it('puts decades at even distances on the log scale and says so', () => {
    const { legend } = normScale('light', norms, 'log');
    expect(legend.ticks.map(({ label }) => label)).toEqual(['1', '10', '100']);
    expect(legend.ticks.map(({ at }) => at)).toEqual([0, 0.5, 1]);
    expect(legend.unit).toMatch('log scale');
  });

  it('gives the largest norm the darkest colour on both', () => {
    for (const kind of ['linear', 'log'] as const) {
      const scale = normScale('light', norms, kind);
      expect(scale.color(100)).toBe(scale.legend.gradient.at(-1));
      expect(scale.color(NaN)).not.toBe(scale.color(1));
    }
  });

  it('survives norms that are all zero', () => {
    expect(() => normScale('dark', [0, 0], 'log').color(0)).not.toThrow();
  });
});
