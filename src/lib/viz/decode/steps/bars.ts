import { scaleLinear, scaleLog } from 'd3';
import { topTokens, type ProcessedScores } from '$lib/gpt2';
import { percentLabel } from '../../common';
import { axisTicks, ticksAt, type AxisTick } from '../../marks';

export type BarScale = 'linear' | 'log';

/** One token before and after the settings; the lengths are shares of the full width, one scale for both. */
export interface BarRow {
  readonly id: number;
  /** From 1, by the model's own probability. */
  readonly rank: number;
  readonly before: number;
  readonly after: number;
  readonly removed: boolean;
  readonly beforeLength: number;
  readonly afterLength: number;
}

export interface Bars {
  readonly rows: readonly BarRow[];
  /** Places from 0 to 1. */
  readonly ticks: readonly AxisTick[];
}

/** Left end of the logarithmic scale; what is less likely has no length. */
export const LEAST_SHOWN = 1e-6;
const TICKS = 3;
const LOG_TICKS = [1e-6, 1e-4, 1e-2, 1];
/** Best tokens after the settings that are listed even if the model itself ranks them low. */
const RAISED = 3;

/**
 * Bars of the model's best tokens, with those that the settings bring forward and the chosen one.
 *
 * Shapes: before, probabilities, scores [vocab_size].  Units: probabilities over the whole vocabulary.
 */
export function layoutBars(
  { before, probabilities, scores }: Pick<ProcessedScores, 'before' | 'probabilities' | 'scores'>,
  also: readonly number[],
  count: number,
  scale: BarScale
): Bars {
  const most = Math.min(count, before.length);
  const ids = new Set([
    ...topTokens(before, most),
    ...topTokens(probabilities, Math.min(RAISED, most)),
    ...also
  ]);
  const listed = [...ids].sort((a, b) => before[b] - before[a] || a - b);
  const widest = listed.reduce((max, id) => Math.max(max, before[id], probabilities[id]), 0);
  const length = lengthScale(scale, widest || 1);
  const rows = listed.map((id) => ({
    id,
    rank: rankIn(before, id),
    before: before[id],
    after: probabilities[id],
    removed: scores[id] === -Infinity,
    beforeLength: length(before[id]),
    afterLength: length(probabilities[id])
  }));
  return { rows, ticks: barTicks(scale, widest || 1) };
}

/** Share of the full width that a probability takes, 0 to 1. */
export function lengthScale(scale: BarScale, widest: number): (probability: number) => number {
  if (scale === 'linear') return scaleLinear([0, widest], [0, 1]);
  const log = scaleLog([LEAST_SHOWN, 1], [0, 1]).clamp(true);
  return (probability) => (probability < LEAST_SHOWN ? 0 : log(probability));
}

function barTicks(scale: BarScale, widest: number): AxisTick[] {
  if (scale === 'linear') return axisTicks(scaleLinear([0, widest], [0, 1]), TICKS, percentLabel);
  return ticksAt(LOG_TICKS, lengthScale('log', 1), percentLabel);
}

function rankIn(probabilities: ArrayLike<number>, id: number): number {
  let rank = 1;
  for (let other = 0; other < probabilities.length; other++) {
    const p = probabilities[other];
    if (p > probabilities[id] || (p === probabilities[id] && other < id)) rank++;
  }
  return rank;
}
