import { rgb } from 'd3';
import { linear } from './oklab';
import { PALETTE } from './palette';
import type { Theme } from './types';

/** WCAG 2.2, success criterion 1.4.3: the least contrast of body text. */
export const TEXT_CONTRAST = 4.5;

const BYTE = 255;
const FLARE = 0.05; // light that any screen adds, in WCAG's formula
const BLACK = '#000000';
const WHITE = '#ffffff';

/** Relative luminance as WCAG defines it, 0 (black) to 1 (white). */
function luminance(color: string): number {
  const { r, g, b } = rgb(color);
  return 0.2126 * linear(r / BYTE) + 0.7152 * linear(g / BYTE) + 0.0722 * linear(b / BYTE);
}

/** WCAG contrast ratio of two opaque colours, 1 to 21; the order does not matter. */
export function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + FLARE) / (dark + FLARE);
}

/**
 * The ink to write with on a background: the theme's ink or panel, whichever contrasts more; on a middle tone where
 * neither reaches 4.5:1, black or white. One of those two always does: their least best is √21 = 4.58.
 */
export function readableInk(theme: Theme, background: string): string {
  const { ink, panel } = PALETTE[theme];
  const better = (one: string, other: string) =>
    contrast(one, background) >= contrast(other, background) ? one : other;
  const themed = better(ink, panel);
  return contrast(themed, background) >= TEXT_CONTRAST ? themed : better(BLACK, WHITE);
}
