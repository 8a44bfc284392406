import { scaleLinear } from 'd3';
import { commonWords as words } from '$lib/words';
import { hueColor } from './hues';
import { mix } from './oklab';
import { PALETTE } from './palette';
import { rampScale } from './ramp';
import { tickLabel } from '../common/format';
import type { ColorScale, Hue, Theme } from './types';

const PROBABILITY_TICKS = [0, 0.1, 0.3, 0.6, 1]; // about even steps of the square root
const TICKS = 4;

/**
 * Probabilities, 0 to 1, on the square root: what matters in a softmax lies between 0.001 and 0.1, where a linear
 * ramp is blank.
 */
export function probabilityScale(theme: Theme, hue: Hue): ColorScale {
  const { panel } = PALETTE[theme];
  const full = hueColor(theme, hue);
  return rampScale({
    theme,
    at: (place) => mix(panel, full, place),
    place: (probability) => Math.sqrt(Math.max(0, probability)),
    ticks: PROBABILITY_TICKS.map((value) => ({ at: Math.sqrt(value), label: String(value) })),
    unit: words.probabilityRoot
  });
}

/**
 * Values that start somewhere and grow: panel colour at `domain[0]`, full hue at `domain[1]`, straight between;
 * clipped outside. A domain of one value has one colour, the panel's.
 */
export function sequentialScale(
  theme: Theme,
  domain: [number, number],
  unit: string,
  hue: Hue = 'stream'
): ColorScale {
  const { panel } = PALETTE[theme];
  const full = hueColor(theme, hue);
  const [low, high] = domain;
  const place = (value: number) => (high === low ? 0 : (value - low) / (high - low));
  const values = high === low ? [low] : scaleLinear(domain, [0, 1]).ticks(TICKS);
  return rampScale({
    theme,
    at: (where) => mix(panel, full, where),
    place,
    ticks: values.map((value) => ({ at: place(value), label: tickLabel(value) })),
    unit
  });
}
