import { extent, scaleLinear, scaleLog } from 'd3';
import type { ChartScale as Scale } from '../marks';

export type ChartScale = 'linear' | 'log';

/** Room a depth's number needs, px. */
const TICK_WIDTH = 18;
const Y_TICKS = 4;

/** Ticks 1, 10, 100 ... or, within one decade, what d3 chooses; never more than fit. */
export function logTicks(domain: [number, number]): number[] {
  const scale = scaleLog().domain(domain);
  const decades = scale
    .ticks()
    .filter((tick) => Math.abs(Math.log10(tick) - Math.round(Math.log10(tick))) < 1e-9);
  if (decades.length >= 2) return decades;
  const inside = scale.ticks();
  const every = Math.ceil(inside.length / Y_TICKS);
  return inside.filter((_, index) => index % every === 0);
}

/** A norm that has a place on the scale. */
export const isDrawable = (norm: number, kind: ChartScale): boolean =>
  Number.isFinite(norm) && (kind === 'linear' || norm > 0);

/** The norms' axis: linear from 0, or logarithmic over those that can be drawn. */
export function normAxis(all: ArrayLike<number>, kind: ChartScale): Scale {
  const [least = 1, most = 1] = extent(Array.from(all).filter((norm) => isDrawable(norm, kind)));
  return kind === 'log'
    ? scaleLog([least, Math.max(most, least * 1.1)], [0, 1])
    : scaleLinear([0, most || 1], [0, 1]);
}

/** The norms that are labelled on their axis. */
export function normTicks(axis: Scale, kind: ChartScale): number[] {
  const [low, high] = axis.domain();
  return kind === 'log' ? logTicks([low, high]) : axis.ticks(Y_TICKS);
}

/** The depths that are labelled, so many that no two labels touch. Units: x gives px. */
export function depthsLabelled(x: Scale, n_layer: number): number[] {
  const every = Math.max(1, Math.ceil(TICK_WIDTH / (x(1) - x(0))));
  return Array.from({ length: n_layer + 1 }, (_, depth) => depth).filter((depth) => depth % every === 0);
}

/** The depth nearest to a point of the plot, held inside it. Units: px. */
export function depthUnder(x: Scale, depths: number, px: number): number {
  return Math.min(depths - 1, Math.max(0, Math.round(x.invert(px))));
}
