import { readableInk } from './contrast';
import { maskedColor, nanColor } from './hues';
import type { ColorScale, LegendTick, Theme } from './types';

/** Colours kept of one ramp; more than 8-bit channels can tell apart on these short ways. */
const STEPS = 256;
const GRADIENT_STOPS = 17; // odd, so that a diverging ramp has its middle

export interface RampOptions {
  theme: Theme;
  /** Colour at a place on the ramp, 0..1. */
  at(place: number): string;
  /** Place of a value on the ramp; below 0 and above 1 are clipped. */
  place(value: number): number;
  ticks: LegendTick[];
  unit: string;
  signed?: boolean;
}

/** Remembers what `make` answers for an index, since a 512 × 512 map asks 262,144 times. */
function memo(make: (index: number) => string): (index: number) => string {
  const known: string[] = [];
  return (index) => (known[index] ??= make(index));
}

/** Makes a scale whose colours, inks and legend come from one ramp. */
export function rampScale({ theme, at, place, ticks, unit, signed = false }: RampOptions): ColorScale {
  const last = STEPS - 1;
  const step = (value: number) => Math.round(Math.min(1, Math.max(0, place(value))) * last);
  const colors = memo((index) => at(index / last));
  const inks = memo((index) => readableInk(theme, colors(index)));

  function color(value: number): string {
    if (Number.isNaN(value)) return nanColor(theme);
    return value === -Infinity ? maskedColor(theme) : colors(step(value));
  }

  function text(value: number): string {
    if (Number.isNaN(value)) return readableInk(theme, nanColor(theme));
    return value === -Infinity ? readableInk(theme, maskedColor(theme)) : inks(step(value));
  }

  const gradient = Array.from({ length: GRADIENT_STOPS }, (_, i) => at(i / (GRADIENT_STOPS - 1)));
  return { color, text, signed, legend: { gradient, ticks, unit } };
}
