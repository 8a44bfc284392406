/** A long vector as a row of coloured columns. */

/** One column of a strip. */
export interface StripColumn {
  /** First component of the column. */
  first: number;
  /** One past its last component. */
  end: number;
  /** The component it shows: the one with the largest |value| (NaN before all). */
  component: number;
  value: number;
}

const rank = (value: number) => (Number.isNaN(value) ? Infinity : Math.abs(value));

/**
 * Cuts a vector in at most `columns` columns of equal share; a column of several components shows the one of largest
 * |value|, so that no outlier is lost between two pixels.
 */
export function stripColumns(values: ArrayLike<number>, columns: number): StripColumn[] {
  const perColumn = Math.max(1, Math.ceil(values.length / columns));
  const result: StripColumn[] = [];
  for (let first = 0; first < values.length; first += perColumn) {
    const end = Math.min(values.length, first + perColumn);
    let component = first;
    for (let i = first + 1; i < end; i++) if (rank(values[i]) > rank(values[component])) component = i;
    result.push({ first, end, component, value: values[component] });
  }
  return result;
}
