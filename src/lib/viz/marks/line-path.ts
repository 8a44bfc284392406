import { line } from 'd3';
import type { ChartFrame } from './chart-frame.svelte';

/**
 * Values at x = 0, `step`, 2 · `step` … as an SVG path; one that a scale cannot place leaves a gap.
 *
 * Units: px of the plot.
 */
export function linePath(
  values: ArrayLike<number | undefined>,
  { x, y }: Pick<ChartFrame, 'x' | 'y'>,
  step = 1
): string {
  const path = line<number>()
    .defined((value) => Number.isFinite(y(value)))
    .x((_, at) => x(at * step))
    .y((value) => y(value));
  return path(Array.from(values, (value) => value ?? NaN)) ?? '';
}
