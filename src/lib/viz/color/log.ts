import { format } from 'd3-format';
import { hueColor } from './hues';
import { mix } from './oklab';
import { PALETTE } from './palette';
import { rampScale } from './ramp';
import type { ColorScale, Hue, Theme } from './types';

const BASE = 10;
const short = format('~s'); // "10k": five powers of ten have to stand under one ramp

/** The powers of ten from `low` to `high`, both ends included whether they are one or not. */
function powersBetween(low: number, high: number): number[] {
  const powers: number[] = [];
  for (let exponent = Math.ceil(Math.log10(low)); BASE ** exponent <= high; exponent++) {
    powers.push(BASE ** exponent);
  }
  return [...new Set([low, ...powers])];
}

/**
 * Ranks, from 1, on the logarithm: the full hue at the least value (rank 1 is the best), the panel colour at the
 * greatest. The legend runs from `domain[0]` at the left to `domain[1]`; values outside are clipped.
 */
export function logScale(
  theme: Theme,
  domain: [number, number],
  unit: string,
  hue: Hue = 'prob'
): ColorScale {
  const { panel } = PALETTE[theme];
  const full = hueColor(theme, hue);
  const [start, end] = domain.map(Math.log);
  const bestFirst = start <= end;
  const place = (value: number) =>
    end === start ? 0 : (Math.log(Math.max(value, Number.MIN_VALUE)) - start) / (end - start);
  return rampScale({
    theme,
    at: (where) => mix(panel, full, bestFirst ? 1 - where : where),
    place,
    ticks: powersBetween(Math.min(...domain), Math.max(...domain)).map((value) => ({
      at: place(value),
      label: short(value)
    })),
    unit
  });
}
