/**
 * Long lists of equal items (columns, rows, lines of chips), of which only those in view are drawn. The rest are two
 * blank stretches of the same length, so that scrolling is the browser's own.
 */

/** Which items are drawn. */
export interface ItemWindow {
  /** First item drawn. */
  readonly first: number;
  /** One past the last item drawn. */
  readonly end: number;
  /** Length of the items before the first, px. */
  readonly before: number;
  /** Length of the items from end on, px. */
  readonly after: number;
}

/** Up to this many items all are drawn: 13 rows of 64 buttons are cheap. */
export const WINDOW_FROM = 64;

/** Items drawn beyond each edge, so that a fast scroll shows no blank. */
const OVERSCAN = 8;

/**
 * The items around the scroll position.
 *
 * Units: scroll, room and size in px, all along one direction; `size` is one item's.
 */
export function itemWindow(
  count: number,
  scroll: number,
  room: number,
  size: number,
  from = WINDOW_FROM
): ItemWindow {
  if (count <= from) return { first: 0, end: count, before: 0, after: 0 };
  const visible = Math.ceil(room / size);
  const start = Math.min(Math.floor(scroll / size), count - visible);
  const first = Math.max(0, start - OVERSCAN);
  const end = Math.min(count, Math.max(0, start) + visible + OVERSCAN);
  return { first, end, before: first * size, after: (count - end) * size };
}

/** The numbers of the items drawn. */
export function itemsOf({ first, end }: ItemWindow): number[] {
  return Array.from({ length: end - first }, (_, i) => first + i);
}

/** The scroll position that brings an item into view with as little movement as possible, px. */
export function scrollToItem(item: number, scroll: number, room: number, size: number): number {
  const start = item * size;
  const end = start + size;
  if (start < scroll) return start;
  return end > scroll + room ? end - room : scroll;
}
