import { bin, extent, max, mean, deviation } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import { area, curveStepAfter, line } from 'd3-shape';
import { axisTicks, type AxisTick } from './axis';

/** One distribution of a histogram. */
export interface HistogramSeries {
  readonly values: ArrayLike<number>;
  /** CSS colour, "var(--stream)". */
  readonly color: string;
  readonly label: string;
}

export interface HistogramOptions {
  /** Px, whole picture with its axes. */
  width: number;
  height: number;
  /** Least and greatest value drawn; without it, those of all series. */
  domain?: [number, number];
  /** Bars over the domain; without it, about one per 6 px. */
  bins?: number;
}

/** One bar's share of the domain. */
export interface HistogramBin {
  readonly from: number;
  readonly to: number;
  /** Values in it, per series. */
  readonly counts: number[];
}

export interface SeriesSummary {
  readonly count: number;
  readonly mean: number;
  /** Population standard deviation, as LayerNorm uses it. */
  readonly deviation: number;
  readonly least: number;
  readonly greatest: number;
  /** Finite values that the domain leaves out. */
  readonly outside: number;
  /** NaN and ±Infinity. */
  readonly notFinite: number;
}

export interface HistogramLayout {
  readonly bins: HistogramBin[];
  /** SVG path data per series. */
  readonly shapes: { area: string; line: string }[];
  readonly summaries: SeriesSummary[];
  readonly xTicks: AxisTick[];
  readonly yTicks: AxisTick[];
  /** The plot's box, px. */
  readonly plot: { left: number; right: number; top: number; bottom: number };
}

const MARGIN = { left: 34, right: 10, top: 8, bottom: 22 }; // px, room for the tick labels
const BIN_WIDTH = 6; // px
const TICK_WIDTH = 64; // px per label along x
const Y_TICKS = 3;
const WHOLE_LINE: [number, number] = [-1, 1]; // shown where there is nothing to measure

/** Least and greatest of all finite values, with room on both sides where they are one. */
function commonDomain(finite: number[][]): [number, number] {
  const [least, greatest] = extent(finite.flatMap((values) => extent(values) as [number, number]));
  if (least === undefined || greatest === undefined) return WHOLE_LINE;
  return least === greatest ? [least - 1, greatest + 1] : [least, greatest];
}

function summarize(all: ArrayLike<number>, finite: number[], [low, high]: [number, number]): SeriesSummary {
  const [least = NaN, greatest = NaN] = extent(finite);
  const unbiased = finite.length > 1 ? (deviation(finite) ?? NaN) : 0;
  return {
    count: all.length,
    mean: mean(finite) ?? NaN,
    deviation: unbiased * Math.sqrt((finite.length - 1) / finite.length),
    least,
    greatest,
    outside: finite.filter((value) => value < low || value > high).length,
    notFinite: all.length - finite.length
  };
}

/** Bin edges: `count` equal widths over the domain. */
function edges([low, high]: [number, number], count: number): number[] {
  return Array.from({ length: count + 1 }, (_, i) => low + ((high - low) * i) / count);
}

function countBins(finite: number[], domain: [number, number], steps: number[]): number[] {
  const inner = steps.slice(1, -1);
  return bin()
    .domain(domain)
    .thresholds(inner)(finite)
    .map((values) => values.length);
}

/**
 * Distributions over one axis, drawn as steps.
 *
 * Shapes: each series' values [n], n may differ; NaN and ±Infinity are counted apart, never binned.
 * Units:  places in px from the picture's corner; the y axis counts values per bin.
 */
export function layoutHistogram(
  series: readonly HistogramSeries[],
  options: HistogramOptions
): HistogramLayout {
  const { width, height } = options;
  const plot = {
    left: MARGIN.left,
    right: width - MARGIN.right,
    top: MARGIN.top,
    bottom: height - MARGIN.bottom
  };
  const finite = series.map(({ values }) => Array.from(values).filter(Number.isFinite));
  const domain = options.domain ?? commonDomain(finite);
  const across = Math.max(1, plot.right - plot.left);
  const steps = edges(domain, options.bins ?? Math.max(1, Math.round(across / BIN_WIDTH)));
  const counts = finite.map((values) => countBins(values, domain, steps));
  const x = scaleLinear(domain, [plot.left, plot.right]);
  const y = scaleLinear([0, Math.max(1, max(counts.flat()) ?? 0)], [plot.bottom, plot.top]).nice(Y_TICKS);
  return {
    bins: steps.slice(1).map((to, i) => ({ from: steps[i], to, counts: counts.map((column) => column[i]) })),
    shapes: counts.map((column) => stepPaths(column, steps.map(x), y)),
    summaries: series.map(({ values }, i) => summarize(values, finite[i], domain)),
    xTicks: axisTicks(x, Math.max(2, Math.floor(across / TICK_WIDTH))),
    yTicks: axisTicks(y, Y_TICKS).filter(({ value }) => Number.isInteger(value)),
    plot
  };
}

function stepPaths(
  counts: number[],
  xs: number[],
  y: (count: number) => number
): { area: string; line: string } {
  const heights = [...counts, counts.at(-1) ?? 0]; // the last step needs an end
  const place = (_: number, i: number) => xs[i];
  const shape = area<number>(place, y(0), y).curve(curveStepAfter);
  const outline = line<number>(place, y).curve(curveStepAfter);
  return { area: shape(heights) ?? '', line: outline(heights) ?? '' };
}
