/** Places signed bars over a zero line; the units are columns and a height of 2, stretched to the box that shows them. */

/** Height of the drawing: one unit up, one unit down. */
export const BAR_BOX_HEIGHT = 2;
const GAP = 0.12; // share of a column left empty at its right

/** One component's bar. */
export interface SignedBar {
  /** Component of the vector. */
  component: number;
  value: number;
  /** Left edge, in columns. */
  x: number;
  /** Width, in columns. */
  width: number;
  /** Top edge; the zero line is at 1. */
  y: number;
  height: number;
}

/**
 * One bar for each component, in the order given.
 *
 * Units:  values as passed; `extent` is the |value| that fills the box (larger ones are cut there).
 * NaN gives a bar of no height: a blank is honest, a zero is not (callers colour it as NaN).
 */
export function layoutSignedBars(
  values: ArrayLike<number>,
  order: readonly number[],
  extent: number
): SignedBar[] {
  return order.map((component, column) => {
    const value = values[component];
    const share = extent > 0 ? Math.max(-1, Math.min(1, value / extent)) : 0;
    const length = Number.isNaN(share) ? 0 : Math.abs(share);
    return { component, value, x: column, width: 1 - GAP, y: value < 0 ? 1 : 1 - length, height: length };
  });
}

/** The column under a pointer, from its distance to the left edge and the width, both px; null outside. */
export function columnAt(offset: number, width: number, columns: number): number | null {
  if (!(width > 0) || offset < 0 || offset >= width) return null;
  return Math.floor((offset / width) * columns);
}

/** The largest |value| in all the vectors; NaN is passed over; 0 for none. */
export function sharedExtent(...vectors: ArrayLike<number>[]): number {
  let extent = 0;
  for (const vector of vectors) {
    for (let i = 0; i < vector.length; i++) {
      const size = Math.abs(vector[i]);
      if (size > extent) extent = size;
    }
  }
  return extent;
}
