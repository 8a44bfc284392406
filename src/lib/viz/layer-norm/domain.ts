import { quantile, scaleLinear } from 'd3';
import { robustExtent } from '../color';

const STEPS = 20; // round numbers about this close
const QUANTILE = 0.98;
const ROOM = 1.8; // times that quantile: the tails are on the axis, outliers of GPT-2's sink position are not

/** A symmetric axis at round numbers that shows nearly all values of every vector; outliers fall off it and are counted. */
export function histogramDomain(...vectors: ArrayLike<number>[]): [number, number] {
  const reach = Math.max(
    ...vectors.map((values) => Math.min(robustExtent(values, 1), ROOM * robustExtent(values, QUANTILE)))
  );
  const [low, high] = scaleLinear().domain([-reach, reach]).nice(STEPS).domain();
  return [low, high];
}

/**
 * The range between two quantiles, `tail` from either end, for a colour scale that one sink position or a few outlier
 * components must not flatten. NaN and infinities are left out; [0, 1] if nothing is left.
 */
export function robustRange(values: ArrayLike<number>, tail: number): [number, number] {
  const finite = Float64Array.from(values).filter(Number.isFinite);
  return finite.length === 0 ? [0, 1] : [quantile(finite, tail)!, quantile(finite, 1 - tail)!];
}
