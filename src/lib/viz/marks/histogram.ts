/** Histograms of a vector's values, with what falls outside the axis counted rather than dropped. */
import { bin } from 'd3';
import { histogramPlotWords as words } from '$lib/words';

/** Counts of values in equal bins. */
export interface Histogram {
  /** Lowest and highest value on the axis. */
  domain: readonly [number, number];
  /** Values in each bin, lowest bin first; the last bin holds the domain's end. */
  counts: number[];
  /** Values under and over the axis. */
  below: number;
  above: number;
  /** Values that are not numbers. */
  nan: number;
}

/** A bar of a chart, from `from` to `to` on x, in the chart's own units. */
export interface ChartBar {
  readonly from: number;
  readonly to: number;
  readonly value: number;
}

/**
 * Counts values into `bins` equal bins over `domain`.
 *
 * Throws: RangeError if the domain is empty or turned round.
 */
export function histogram(
  values: ArrayLike<number>,
  domain: readonly [number, number],
  bins: number
): Histogram {
  const [low, high] = domain;
  if (!(high > low)) {
    throw new RangeError(`histogram: domain must be [low, high], got [${low}, ${high}]. Pass low < high.`);
  }
  const edges = Array.from({ length: bins - 1 }, (_, i) => low + ((i + 1) * (high - low)) / bins);
  const counts = bin()
    .domain([low, high])
    .thresholds(edges)(Array.from(values))
    .map(({ length }) => length);
  const result = { domain, counts, below: 0, above: 0, nan: 0 };
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (Number.isNaN(value)) result.nan++;
    else if (value < low) result.below++;
    else if (value > high) result.above++;
  }
  return result;
}

/** One bar a bin, as tall as its count. */
export function histogramBars(counts: readonly number[], [low, high]: readonly [number, number]): ChartBar[] {
  const step = (high - low) / counts.length;
  return counts.map((value, bin) => ({ from: low + bin * step, to: low + (bin + 1) * step, value }));
}

/** "off axis: 1 left, 2 right", or an empty text when all values are on it. */
export function outsideText({ below, above, nan }: Histogram): string {
  const parts = [
    below > 0 ? words.left(below) : '',
    above > 0 ? words.right(above) : '',
    nan > 0 ? words.notNumbers(nan) : ''
  ].filter(Boolean);
  return parts.length === 0 ? '' : words.offAxis(parts);
}
