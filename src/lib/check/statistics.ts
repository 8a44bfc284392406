import { excess, type Tolerance } from './tolerance.ts';

/**
 * True if a whole tensor's count, mean, root mean square, minimum and maximum fit a reference's. Each bound follows from
 * the tolerance of single values, so a tensor that is right everywhere cannot fail: neither mean nor root mean square
 * can move further than the largest difference.
 */
export function statisticsFit(
  data: Float32Array,
  expected: readonly number[],
  tolerance: Tolerance
): boolean {
  const [sum, squares, min, max, count] = statistics(data);
  const [sumExpected, squaresExpected, minExpected, maxExpected, countExpected] = expected;
  if (count !== countExpected || data.some(Number.isNaN)) return false;
  const rms = Math.sqrt(squares / count);
  const rmsExpected = Math.sqrt(squaresExpected / count);
  const meanBound = tolerance.absolute + tolerance.relative * rmsExpected;
  return (
    Math.abs(sum - sumExpected) / count <= meanBound &&
    excess(rms, rmsExpected, tolerance) <= 0 &&
    excess(min, minExpected, tolerance) <= 0 &&
    excess(max, maxExpected, tolerance) <= 0
  );
}

/** [sum, sum of squares, min, max, count] over the finite entries of a tensor. */
function statistics(data: Float32Array): [number, number, number, number, number] {
  let [sum, squares, min, max, count] = [0, 0, Infinity, -Infinity, 0];
  for (const value of data) {
    if (!Number.isFinite(value)) continue;
    sum += value;
    squares += value * value;
    min = Math.min(min, value);
    max = Math.max(max, value);
    count++;
  }
  return [sum, squares, min, max, count];
}
