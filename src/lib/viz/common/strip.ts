/**
 * Which value each column of a strip shows. Where there are more values than columns, the one with the largest |x|
 * of those that fall on a column is kept (NaN before all), so that an outlier never disappears.
 *
 * Shapes: values [n], n ≥ 1 → indices [columns].
 */
export function stripIndices(values: ArrayLike<number>, columns: number): Int32Array {
  const shown = new Int32Array(columns);
  for (let column = 0; column < columns; column++) {
    const first = Math.floor((column * values.length) / columns);
    const end = Math.max(first + 1, Math.floor(((column + 1) * values.length) / columns));
    shown[column] = largest(values, first, end);
  }
  return shown;
}

function largest(values: ArrayLike<number>, first: number, end: number): number {
  let best = first;
  for (let index = first; index < end; index++) {
    if (Number.isNaN(values[index])) return index;
    if (Math.abs(values[index]) > Math.abs(values[best])) best = index;
  }
  return best;
}

/** The value under a place along the strip. @param share 0 (left) to 1 (right); outside is clipped. */
export function stripIndexAt(share: number, count: number): number {
  return Math.max(0, Math.min(count - 1, Math.floor(share * count)));
}
