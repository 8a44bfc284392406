import { scaleLinear, scaleLog } from 'd3';
import { axisTicks, percentLabel, ticksAt, type AxisTick } from '../../common';
import type { BarScale } from './bars';

/** The whole vocabulary as bars by rank: two outlines over one ground line. */
export interface VocabularyLayout {
  /** SVG paths. */
  readonly before: string;
  readonly after: string;
  readonly xTicks: readonly AxisTick[];
  readonly yTicks: readonly AxisTick[];
  readonly frame: VocabularyFrame;
}

export interface VocabularyFrame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Lower end of the logarithmic scale. */
export const LEAST_LOG = 1e-9;
const COLUMN = 2; // px: ranks that share a column are drawn as the best of them
const Y_TICKS = 4;
const LOG_Y_TICKS = [1e-9, 1e-6, 1e-3, 1];
const MARGIN = { left: 60, right: 8, top: 8, bottom: 22 };

/** The ids from the most probable on; of equal ones the lower id first. */
export function byProbability(probabilities: ArrayLike<number>): Uint32Array {
  const ids = Uint32Array.from(probabilities, (_, id) => id);
  return ids.sort((a, b) => probabilities[b] - probabilities[a] || a - b);
}

/**
 * Draws every token as a bar, left to right by its rank in the model's own distribution (a logarithmic axis), before
 * and after the settings.
 *
 * Shapes: before, after, order [vocab_size].  Units: width and height in px, before and after probabilities.
 */
export function layoutVocabulary(
  before: ArrayLike<number>,
  after: ArrayLike<number>,
  order: ArrayLike<number>,
  { width, height, scale }: { width: number; height: number; scale: BarScale }
): VocabularyLayout {
  const frame = {
    left: MARGIN.left,
    right: Math.max(MARGIN.left + 1, width - MARGIN.right),
    top: MARGIN.top,
    bottom: height - MARGIN.bottom
  };
  const count = order.length;
  const x = scaleLog([1, count + 1], [frame.left, frame.right]);
  let widest = 0;
  for (let id = 0; id < count; id++) widest = Math.max(widest, before[id], after[id]);
  const range: [number, number] = [frame.bottom, frame.top];
  const linear = scaleLinear([0, widest || 1], range);
  const log = scaleLog([LEAST_LOG, 1], range).clamp(true);
  const y = (p: number) => (scale === 'linear' ? linear(p) : p < LEAST_LOG ? frame.bottom : log(p));
  const outline = (values: ArrayLike<number>) => columns(values, order, x, y, frame);
  const powers = Array.from({ length: Math.floor(Math.log10(count)) + 1 }, (_, power) => 10 ** power);
  const yTicks =
    scale === 'linear' ? axisTicks(linear, Y_TICKS, percentLabel) : ticksAt(LOG_Y_TICKS, log, percentLabel);
  return {
    before: outline(before),
    after: outline(after),
    xTicks: powers.map((value) => ({ value, at: x(value), label: value.toLocaleString('en-US') })),
    yTicks,
    frame
  };
}

/** An outline that steps from column to column: a rank of its own while it is wide enough, then the best of several. */
function columns(
  values: ArrayLike<number>,
  order: ArrayLike<number>,
  x: (rank: number) => number,
  y: (probability: number) => number,
  { left, right, bottom }: VocabularyFrame
): string {
  const parts = [`M${left} ${bottom}`];
  let from = left;
  let best = 0;
  for (let place = 0; place < order.length; place++) {
    best = Math.max(best, values[order[place]]);
    const to = x(place + 2);
    if (to - from < COLUMN && place < order.length - 1) continue;
    parts.push(`V${round(y(best))}H${round(to)}`);
    from = to;
    best = 0;
  }
  return `${parts.join('')}V${bottom}H${round(right)}Z`;
}

const round = (px: number): number => Math.round(px * 10) / 10;
