import { extent, line, scaleLinear, scaleLog } from 'd3';
import { ticksAt, type AxisTick } from '../common/axis';
import { depthTick } from '../common/depth';

export type ChartScale = 'linear' | 'log';

/** Norm by depth as a line: x by depth, y by norm. Everything in px. */
export interface ChartLayout {
  x(depth: number): number;
  y(norm: number): number;
  xTicks: AxisTick[];
  yTicks: AxisTick[];
  /** SVG path of one position's norms; a norm that cannot be drawn breaks it. */
  path(norms: ArrayLike<number>): string;
}

export interface ChartFrame {
  width: number;
  height: number;
  margin: { top: number; right: number; bottom: number; left: number };
}

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

const drawable = (norm: number, kind: ChartScale): boolean =>
  Number.isFinite(norm) && (kind === 'linear' || norm > 0);

/**
 * Makes the scales of a norm-by-depth chart: linear from 0, or logarithmic over the drawable norms.
 * Shapes: all holds every norm that must fit; depths is n_layer + 1.
 */
export function layoutChart(
  all: ArrayLike<number>,
  depths: number,
  kind: ChartScale,
  { width, height, margin }: ChartFrame
): ChartLayout {
  const [least = 1, most = 1] = extent(Array.from(all).filter((norm) => drawable(norm, kind)));
  const range: [number, number] = [height - margin.bottom, margin.top];
  const domain: [number, number] = kind === 'log' ? [least, Math.max(most, least * 1.1)] : [0, most || 1];
  const y = (kind === 'log' ? scaleLog() : scaleLinear()).domain(domain).range(range);
  const x = scaleLinear()
    .domain([0, Math.max(1, depths - 1)])
    .range([margin.left, width - margin.right]);
  const every = Math.max(1, Math.ceil(TICK_WIDTH / (x(1) - x(0))));
  const path = line<number>()
    .defined((norm) => drawable(norm, kind))
    .x((_, depth) => x(depth))
    .y((norm) => y(norm));
  return {
    x: (depth) => x(depth),
    y: (norm) => y(norm),
    xTicks: Array.from({ length: depths }, (_, depth) => depth)
      .filter((depth) => depth % every === 0)
      .map((depth) => ({ value: depth, at: x(depth), label: depthTick(depth) })),
    yTicks: ticksAt(kind === 'log' ? logTicks(domain) : scaleLinear().domain(domain).ticks(Y_TICKS), y),
    path: (norms) => path(Array.from(norms)) ?? ''
  };
}

/** The depth nearest to a point of the chart, held inside it. */
export function depthUnder(layout: ChartLayout, depths: number, px: number): number {
  const step = layout.x(1) - layout.x(0);
  const depth = Math.round((px - layout.x(0)) / step);
  return Math.min(depths - 1, Math.max(0, depth));
}
