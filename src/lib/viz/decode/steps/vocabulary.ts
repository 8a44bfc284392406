import { scaleLinear, scaleLog } from 'd3';
import type { ChartFrame, ChartScale } from '../../marks';
import type { BarScale } from './bars';

/** Lower end of the logarithmic scale. */
export const LEAST_LOG = 1e-9;
const COLUMN = 2; // px: ranks that share a column are drawn as the best of them
const Y_TICKS = 4;
const LOG_Y_TICKS = [1e-9, 1e-6, 1e-3, 1];

/** The ids from the most probable on; of equal ones the lower id first. */
export function byProbability(probabilities: ArrayLike<number>): Uint32Array {
  const ids = Uint32Array.from(probabilities, (_, id) => id);
  return ids.sort((a, b) => probabilities[b] - probabilities[a] || a - b);
}

/** Ranks from 1 on, by their logarithm; each takes the room up to the next. */
export const rankScale = (count: number): ChartScale => scaleLog([1, count + 1], [0, 1]);

/** Powers of ten among the ranks. */
export const rankTicks = (count: number): number[] =>
  Array.from({ length: Math.floor(Math.log10(count)) + 1 }, (_, power) => 10 ** power);

/** Probabilities, linear up to the largest of both, or by their logarithm. */
export function vocabularyScale(
  before: ArrayLike<number>,
  after: ArrayLike<number>,
  scale: BarScale
): ChartScale {
  if (scale === 'log') return scaleLog([LEAST_LOG, 1], [0, 1]).clamp(true);
  let widest = 0;
  for (let id = 0; id < before.length; id++) widest = Math.max(widest, before[id], after[id]);
  return scaleLinear([0, widest || 1], [0, 1]);
}

export const probabilityTicks = (up: ChartScale, scale: BarScale): number[] =>
  scale === 'linear' ? up.ticks(Y_TICKS) : LOG_Y_TICKS;

/**
 * Every token as a bar, left to right by its rank in the model's own distribution, as one outline that steps from column
 * to column: a rank of its own while it is wide enough, then the best of several.
 *
 * Shapes: values (probabilities), order [vocab_size].  Units: px of the plot.
 */
export function outline(
  values: ArrayLike<number>,
  order: ArrayLike<number>,
  { x, y, width, height }: ChartFrame
): string {
  const [least] = y.domain();
  const parts = [`M0 ${height}`];
  let from = 0;
  let best = 0;
  for (let place = 0; place < order.length; place++) {
    best = Math.max(best, values[order[place]]);
    const to = x(place + 2);
    if (to - from < COLUMN && place < order.length - 1) continue;
    parts.push(`V${round(best < least ? height : y(best))}H${round(to)}`);
    from = to;
    best = 0;
  }
  return `${parts.join('')}V${height}H${round(width)}Z`;
}

const round = (px: number): number => Math.round(px * 10) / 10;
