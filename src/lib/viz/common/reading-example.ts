/** One cell of a picture, as its example shows it. */
export interface ExampleCell {
  /** Row, column, token or component that it belongs to. */
  readonly label: string;
  readonly value: string;
  /** As the picture colours it; left out where the picture has no colour for it. */
  readonly color?: string;
}

/** A small example of a picture, made of the reader's own numbers: some of its cells, one of them explained. */
export interface ReadingExample {
  /** What rows, columns, sizes and colours are. */
  readonly how: string;
  readonly cells: readonly ExampleCell[];
  readonly marked: number;
  /** What the marked cell says. */
  readonly says: string;
}

const CELLS = 5;

/** Places around one, at most five of `count`, in order. */
export function placesAround(count: number, at: number): number[] {
  const first = Math.max(0, Math.min(at - Math.floor(CELLS / 2), count - CELLS));
  return Array.from({ length: Math.min(CELLS, count) }, (_, i) => first + i);
}

/** Place of the value that is largest by size; null where there is no finite one. */
export function largestPlace(values: ArrayLike<number>): number | null {
  let found: number | null = null;
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) continue;
    if (found === null || Math.abs(values[i]) > Math.abs(values[found])) found = i;
  }
  return found;
}

/**
 * An example whose cells stand beside each other in the picture, too.
 *
 * @param count of cells in the picture's row
 * @param at the one that is explained; null: there is nothing to show yet
 */
export function exampleAround(
  count: number,
  at: number | null,
  cell: (place: number) => ExampleCell,
  words: { readonly how: string; readonly says: (place: number) => string }
): ReadingExample | null {
  if (at === null || at < 0 || at >= count) return null;
  const places = placesAround(count, at);
  return { how: words.how, cells: places.map(cell), marked: places.indexOf(at), says: words.says(at) };
}
