/** Which columns of a wide table are drawn; the rest are two blank stretches of the same width. */
export interface ColumnWindow {
  /** First column drawn. */
  readonly first: number;
  /** One past the last column drawn. */
  readonly end: number;
  /** Width of the columns left of first, px. */
  readonly before: number;
  /** Width of the columns from end on, px. */
  readonly after: number;
}

/** Up to this many columns all are drawn: 13 rows of 64 buttons are cheap. */
export const WINDOW_FROM = 64;

/** Columns drawn beyond each edge, so that a fast scroll shows no blank. */
const OVERSCAN = 8;

/**
 * The columns around the scroll position.
 *
 * Units: scrollLeft, width and columnWidth in px.
 */
export function columnWindow(
  T: number,
  scrollLeft: number,
  width: number,
  columnWidth: number,
  from = WINDOW_FROM
): ColumnWindow {
  if (T <= from) return { first: 0, end: T, before: 0, after: 0 };
  const visible = Math.ceil(width / columnWidth);
  const left = Math.min(Math.floor(scrollLeft / columnWidth), T - visible);
  const first = Math.max(0, left - OVERSCAN);
  const end = Math.min(T, Math.max(0, left) + visible + OVERSCAN);
  return { first, end, before: first * columnWidth, after: (T - end) * columnWidth };
}

/** The scroll position that brings a column into view with as little movement as possible, px. */
export function scrollToColumn(
  column: number,
  scrollLeft: number,
  width: number,
  columnWidth: number
): number {
  const left = column * columnWidth;
  const right = left + columnWidth;
  if (left < scrollLeft) return left;
  return right > scrollLeft + width ? right - width : scrollLeft;
}
