import { quantile as quantileOf } from 'd3';

const DEFAULT_QUANTILE = 0.99;
const NOTHING_TO_MEASURE = 1;

/**
 * How far a signed scale should reach: |x| at a high quantile, so that GPT-2's few outlier dimensions do not
 * flatten the rest. NaN and ±Infinity are left out. Where that quantile is 0 (a sparse array) the largest |x|
 * counts; where all is 0, or nothing is finite, 1, so that the answer can always be a domain.
 */
export function robustExtent(values: ArrayLike<number>, quantile = DEFAULT_QUANTILE): number {
  const sizes = new Float64Array(values.length);
  let count = 0;
  let largest = 0;
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(values[i]);
    if (!Number.isFinite(size)) continue;
    sizes[count++] = size;
    if (size > largest) largest = size;
  }
  return quantileOf(sizes.subarray(0, count), quantile) || largest || NOTHING_TO_MEASURE;
}
