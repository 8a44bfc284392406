/**
 * Where keys lead in a picture: along a row, over a grid, through lines of items, along a slider. Each function gives the
 * new place, or undefined where the key moves nothing, so that the page keeps the key.
 */

/** One step of an arrow key: to the right and downwards are 1. */
export interface ArrowStep {
  readonly across: -1 | 0 | 1;
  readonly down: -1 | 0 | 1;
}

const ARROWS: Readonly<Record<string, ArrowStep>> = {
  ArrowLeft: { across: -1, down: 0 },
  ArrowRight: { across: 1, down: 0 },
  ArrowUp: { across: 0, down: -1 },
  ArrowDown: { across: 0, down: 1 }
};

const within = (at: number, count: number): number => Math.max(0, Math.min(count - 1, at));

/** The step of an arrow key; undefined for any other key. */
export function arrowStep(key: string): ArrowStep | undefined {
  return ARROWS[key];
}

/** A row of items, lying or upright, with one tab stop: it goes round at the ends. */
export function moveInRow(key: string, index: number, count: number): number | undefined {
  if (count === 0) return undefined;
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  const step = arrowStep(key);
  return step && (index + step.across + step.down + count) % count;
}

/** A cell of a grid, both from 0 at the top left. */
export interface GridPlace {
  readonly row: number;
  readonly column: number;
}

/** How large a grid is; where columns are not equally long, `rows` gives each one's length. */
export interface GridSize {
  readonly rows: number | ((column: number) => number);
  readonly columns: number;
}

/** A grid of cells: it stops at the edges, Home and End are the ends of the row. */
export function moveInGrid(key: string, { row, column }: GridPlace, size: GridSize): GridPlace | undefined {
  const at = (nextRow: number, nextColumn: number): GridPlace => {
    const inside = within(nextColumn, size.columns);
    return {
      row: within(nextRow, typeof size.rows === 'number' ? size.rows : size.rows(inside)),
      column: inside
    };
  };
  if (key === 'Home') return at(row, 0);
  if (key === 'End') return at(row, size.columns - 1);
  const step = arrowStep(key);
  return step && at(row + step.down, column + step.across);
}

/** Items in lines, as words in a text. */
export interface Lines {
  readonly count: number;
  readonly perLine: number;
  /** The first item that can be chosen; left out: 0. */
  readonly first?: number;
  /** Left of the first item and right of the last: false stays, true goes round. */
  readonly round?: boolean;
  /** Where a line above or below is too short: false stays, true goes to the first or the last item. */
  readonly toEnds?: boolean;
}

/** Items in lines: left and right by one, also into the next line; up and down by a line; Home and End are the ends of all. */
export function moveInLines(
  key: string,
  index: number,
  { count, perLine, first = 0, round = false, toEnds = false }: Lines
): number | undefined {
  if (count <= first) return undefined;
  if (key === 'Home') return first;
  if (key === 'End') return count - 1;
  const step = arrowStep(key);
  if (!step) return undefined;
  const next = index + step.across + step.down * perLine;
  const inside = Math.max(first, Math.min(count - 1, next));
  if (inside === next) return next;
  if (step.down !== 0) return toEnds ? inside : undefined;
  if (!round) return inside;
  return inside === first ? count - 1 : first;
}

const PAGE = 10;

/**
 * A slider over `count` values, as WAI-ARIA has it: up and right go forward, page keys by ten, and it stops at the ends.
 * With no value yet, any of its keys starts at the first (End at the last).
 */
export function slideTo(key: string, value: number | null, count: number): number | undefined {
  const step = arrowStep(key);
  const by = step
    ? step.across - step.down
    : { PageUp: PAGE, PageDown: -PAGE, Home: -count, End: count }[key];
  if (by === undefined || count === 0) return undefined;
  if (value === null) return key === 'End' ? count - 1 : 0;
  return within(value + by, count);
}
