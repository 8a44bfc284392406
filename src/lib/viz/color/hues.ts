import { fromOklab } from './oklab';
import { PALETTE } from './palette';
import type { Hue, Theme } from './types';

/** Lightness and chroma of every head's hue: the most chroma that all hues have at that lightness in sRGB. */
const HEAD_TONE: Readonly<Record<Theme, { lightness: number; chroma: number }>> = {
  light: { lightness: 0.6, chroma: 0.102 },
  dark: { lightness: 0.75, chroma: 0.125 }
};

const FIRST_HUE = 10; // degrees in Oklab; head 0 is a rose
const TURN = 360;

/**
 * The colour of one head, the same in a thumbnail, the large map and the arcs: `n_head` even steps round the hue
 * wheel at equal lightness and chroma, so that no head looks more important than another.
 */
export function headColor(theme: Theme, head: number, n_head: number): string {
  const { lightness, chroma } = HEAD_TONE[theme];
  const hue = ((FIRST_HUE + (TURN * head) / n_head) * Math.PI * 2) / TURN;
  return fromOklab({ l: lightness, a: chroma * Math.cos(hue), b: chroma * Math.sin(hue) });
}

/** The full-strength colour of a meaning. */
export function hueColor(theme: Theme, hue: Hue): string {
  return typeof hue === 'string' ? PALETTE[theme][hue] : headColor(theme, hue.head, hue.n_head);
}

/** The colour of what is not a number. Nothing else is red. */
export function nanColor(theme: Theme): string {
  return PALETTE[theme].nan;
}

/** The colour of what the causal mask hides (a score of −Infinity): a grey that no scale passes through. */
export function maskedColor(theme: Theme): string {
  return PALETTE[theme]['rule-2'];
}
