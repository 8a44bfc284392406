import { scaleLinear, scaleLog, scaleSqrt } from 'd3';
import type { ChartScale } from '../marks';

/** Size of one chart, and of the plot in it, px. */
export const TRACK = { width: 264, height: 82, margin: { left: 46, right: 8, top: 10, bottom: 20 } };

/** Depth labels closer than this would touch, px. */
const TICK_SPACE = 18;

/** From the embedding to the last block. */
export const depthScale = (n_layer: number): ChartScale => scaleLinear([0, Math.max(1, n_layer)], [0, 1]);

/** A probability by its square root with 0 at the bottom, or a rank by its logarithm with 1 at the top. */
export function trackScale(kind: 'probability' | 'rank', vocab_size: number): ChartScale {
  return kind === 'rank'
    ? scaleLog([Math.max(2, vocab_size), 1], [0, 1])
    : scaleSqrt([0, 1], [0, 1]).clamp(true);
}

/** The depths that are labelled: the first, the last, and those between that have room. */
export function depthTicks(n_layer: number): number[] {
  const room = TRACK.width - TRACK.margin.left - TRACK.margin.right;
  const step = Math.ceil((TICK_SPACE * Math.max(1, n_layer)) / room);
  return Array.from({ length: n_layer + 1 }, (_, depth) => depth).filter(
    (depth) => depth === n_layer || (depth % step === 0 && n_layer - depth >= step)
  );
}

/** The probabilities or ranks that are labelled. */
export function trackTicks(kind: 'probability' | 'rank', vocab_size: number): number[] {
  if (kind === 'probability') return [0, 0.1, 0.5, 1];
  const decades = Math.floor(Math.log10(vocab_size));
  return Array.from({ length: decades + 1 }, (_, power) => 10 ** power).filter((_, i) => i % 2 === 0);
}
