import { mix } from './oklab';
import { PALETTE } from './palette';
import { rampScale } from './ramp';
import { tickLabel } from '../common/format';
import type { ColorScale, LegendTick, Theme } from './types';

const MIDDLE = 0.5;

function endTicks(extent: number): LegendTick[] {
  return [
    { at: 0, label: `≤ ${tickLabel(-extent)}` },
    { at: MIDDLE, label: '0' },
    { at: 1, label: `≥ ${tickLabel(extent)}` }
  ];
}

/**
 * Signed values: orange-brown below zero, the panel colour at zero, blue above; blue and orange stay apart under
 * every common colour blindness. Values beyond ±extent take the end colours, and the end ticks say so (≤, ≥).
 * An extent that is not above 0 leaves only the middle.
 */
export function signedScale(theme: Theme, extent: number, unit: string): ColorScale {
  const { panel, neg, pos } = PALETTE[theme];
  const usable = extent > 0 && Number.isFinite(extent);
  return rampScale({
    theme,
    at: (place) => mix(panel, place < MIDDLE ? neg : pos, Math.abs(place - MIDDLE) / MIDDLE),
    place: (value) => (usable ? MIDDLE + (MIDDLE * value) / extent : MIDDLE),
    ticks: usable ? endTicks(extent) : [{ at: MIDDLE, label: '0' }],
    unit,
    signed: true
  });
}
