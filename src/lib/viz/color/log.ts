import { powerLabel } from '../common/format';
import { hueColor } from './hues';
import { mix } from './oklab';
import { PALETTE } from './palette';
import { rampScale } from './ramp';
import type { ColorScale, Hue, Theme } from './types';

const BASE = 10;

/** The powers of ten from `low` to `high`, both ends included whether they are one or not. */
function powersBetween(low: number, high: number): number[] {
  const powers: number[] = [];
  for (let exponent = Math.ceil(Math.log10(low)); BASE ** exponent <= high; exponent++) {
    powers.push(BASE ** exponent);
  }
  return [...new Set([low, ...powers])];
}

/**
 * Ranks, from 1, on the logarithm: the full hue at the least value (rank 1 is the best) and the panel colour at the
 * greatest, or the other way round where `strong` is 'greatest'. The legend runs from `domain[0]` at the left to `domain[1]`; values outside are clipped.
 */
export function logScale(
  theme: Theme,
  domain: [number, number],
  unit: string,
  hue: Hue = 'prob',
  strong: 'least' | 'greatest' = 'least'
): ColorScale {
  const { panel } = PALETTE[theme];
  const full = hueColor(theme, hue);
  const [start, end] = domain.map(Math.log);
  const isFullAtStart = start <= end === (strong === 'least');
  const place = (value: number) =>
    end === start ? 0 : (Math.log(Math.max(value, Number.MIN_VALUE)) - start) / (end - start);
  return rampScale({
    theme,
    at: (where) => mix(panel, full, isFullAtStart ? 1 - where : where),
    place,
    ticks: powersBetween(Math.min(...domain), Math.max(...domain)).map((value) => ({
      at: place(value),
      label: powerLabel(value)
    })),
    unit
  });
}

const GROWTH_TICKS = [0, 1, 3, 10, 30, 100, 300, 1000];

/**
 * Values from 0 on that differ by powers: the panel colour at 0, the full hue at `most`, even steps of ln(1 + value)
 * between, so that 1 can be told from 0 where others reach 70.
 */
export function growthScale(theme: Theme, most: number, unit: string, hue: Hue = 'prob'): ColorScale {
  const { panel } = PALETTE[theme];
  const full = hueColor(theme, hue);
  const place = (value: number) => Math.log1p(Math.max(0, value)) / (Math.log1p(most) || 1);
  return rampScale({
    theme,
    at: (where) => mix(panel, full, where),
    place,
    ticks: GROWTH_TICKS.filter((value) => value <= most).map((value) => ({
      at: place(value),
      label: String(value)
    })),
    unit
  });
}
