/**
 * Every colour that stands for a number. A scale and its legend come from one object, so that a picture cannot
 * be read against another picture's key. Nothing outside this folder and styles.css knows a hex value.
 */
export type { ColorScale, Hue, LegendTick, ScaleLegend, Theme } from './color/types';
export { contrast, readableInk } from './color/contrast';
export { headColor, hueColor, maskedColor, nanColor } from './color/hues';
export { robustExtent } from './color/extent';
export { probabilityScale, sequentialScale } from './color/sequential';
export { signedScale } from './color/signed';
export { growthScale, logScale } from './color/log';
