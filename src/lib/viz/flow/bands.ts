/** Rows of the picture: one position each, or a band of neighbours where the prompt is long. */
export interface FlowBand {
  readonly first: number;
  readonly last: number;
}

/** The most rows that are drawn; 60 of 9 px are 540 px. */
export const MOST_ROWS = 60;
/** The fewest that a long prompt is drawn in, however low the window. */
export const LEAST_ROWS = 24;

/** Of a long prompt's rows one in five may be a source that stands alone, the strongest first. */
export const singlesOf = (rows: number): number => Math.floor(rows / 5);

/**
 * The rows of a prompt: each position alone, or of a long prompt the selected position and the strongest sources alone
 * and the rest in bands of about equal length between them.
 *
 * @param sources positions that links are drawn from, the strongest first
 * @param most rows that there is room for
 */
export function layoutBands(
  T: number,
  selected: number,
  sources: readonly number[],
  most = MOST_ROWS
): FlowBand[] {
  if (T <= most) return Array.from({ length: T }, (_, at) => ({ first: at, last: at }));
  const singles = [...new Set([selected, ...sources])].slice(0, singlesOf(most) + 1).sort((a, b) => a - b);
  const rest = T - singles.length;
  const each = Math.ceil(rest / (most - 2 * singles.length));
  const bands: FlowBand[] = [];
  let next = 0;
  for (const single of [...singles, T]) {
    for (; next < single; next += each) bands.push({ first: next, last: Math.min(next + each, single) - 1 });
    if (single < T) bands.push({ first: single, last: single });
    next = single + 1;
  }
  return bands;
}

/** The row that a position stands in. */
export function bandOf(bands: readonly FlowBand[], position: number): number {
  return bands.findIndex(({ first, last }) => position >= first && position <= last);
}

const LABEL = 11; // px, the height that a row's name takes

/** The rows that are named: those in play, and of the others as many as have room. */
export function namedRows(count: number, rowHeight: number, inPlay: readonly number[]): Set<number> {
  const named = new Set(inPlay);
  const apart = Math.ceil(LABEL / rowHeight); // rows from one name to the next
  for (let index = 0; index < count; index++) {
    const near = Array.from({ length: 2 * apart - 1 }, (_, at) => index + at - apart + 1);
    if (!near.some((other) => named.has(other))) named.add(index);
  }
  return named;
}
