/** Places a head's map: one square per (query, key) pair, token labels beside and above it. All in px. */
import { mayRead } from './scores';

/** One (query, key) pair. */
export interface Cell {
  readonly query: number;
  readonly key: number;
}

export interface MatrixLayout {
  readonly T: number;
  /** Step from one cell to the next. */
  readonly cell: number;
  /** Free space at the right and the bottom of each cell. */
  readonly gap: number;
  /** Where the first cell starts: what the labels take. */
  readonly left: number;
  readonly top: number;
  /** Of the whole picture, labels included. */
  readonly width: number;
  readonly height: number;
  /** Every how many tokens one is labelled. */
  readonly labelStep: number;
}

/** Size of a label, and its usual line. */
const LABEL_SIZE = 11;
const LABEL_LINE = 13;
const NARROW = 0.6; // advance of one mono character, in units of the size
const WIDE_FROM = 0x2e80; // from here on (CJK, kana, hangul, emoji) characters take a full square
const LABEL_GAP = 6;
const AXIS_NAME = 16; // the words "query" and "key"
const MOST_CHARACTERS = 12;

/** Column labels lean by this angle, as in the picture: degrees. */
export const LABEL_ANGLE = -50;
const LEAN = (-LABEL_ANGLE * Math.PI) / 180;

const LARGEST_CELL = 32;
const COMFORTABLE_CELL = 6; // below this a cell is hard to point at: scroll instead
const SMALLEST_CELL = 1.5; // so that 512 tokens still scroll over one screen only
const SCROLLED_SIDE = 768; // a scrolled map is not made larger than this, unless the smallest cell asks for it
const CELL_STEPS = 100; // cells are cut to hundredths of a px, so that sums do not overflow by rounding
const HALF = 0.5;
const GAP_FROM = 8; // cells smaller than this touch

/** Approximate width of a label in mono type. Units: px. */
export function labelWidth(label: string): number {
  let units = 0;
  for (const character of label) units += (character.codePointAt(0) ?? 0) >= WIDE_FROM ? 1 : NARROW;
  return units * LABEL_SIZE;
}

/** A label of at most 12 characters, cut with an ellipsis. */
export function shortLabel(label: string, most = MOST_CHARACTERS): string {
  const characters = [...label];
  return characters.length <= most ? label : `${characters.slice(0, most - 1).join('')}…`;
}

/** How far a rotated column label reaches right of its cell's middle. */
const reach = (label: string): number => labelWidth(label) * Math.cos(LEAN) + LABEL_SIZE / 2;

/** The largest cell for which the columns and their leaning labels end inside the width, within the limits above. */
function cellSize(available: number, labels: readonly string[]): number {
  const T = labels.length;
  const forLabels = labels.map((label, key) => (available - reach(label)) / (key + HALF));
  const fitting = Math.min(LARGEST_CELL, available / T, ...forLabels);
  const smallest = Math.min(COMFORTABLE_CELL, Math.max(SMALLEST_CELL, SCROLLED_SIDE / T));
  return Math.max(smallest, Math.floor(fitting * CELL_STEPS) / CELL_STEPS);
}

/**
 * Fits the map of T tokens into a width, or makes it wider (to be scrolled) where cells would get too small.
 *
 * Units:  px; labels are the strings drawn, already shortened.
 * Throws: RangeError without a label.
 */
export function layoutMatrix(labels: readonly string[], width: number): MatrixLayout {
  const T = labels.length;
  if (T === 0) throw new RangeError('layoutMatrix: labels must be one a token, got none. Pass the prompt.');
  const longest = labels.reduce((most, label) => Math.max(most, labelWidth(label)), 0);
  const left = Math.ceil(AXIS_NAME + longest + LABEL_GAP);
  const top = Math.ceil(AXIS_NAME + longest * Math.sin(LEAN) + LABEL_GAP + LABEL_SIZE / 2);
  const cell = cellSize(width - left, labels);
  const right = labels.reduce(
    (most, label, key) => Math.max(most, (key + HALF) * cell + reach(label)),
    T * cell
  );
  return {
    T,
    cell,
    gap: cell < GAP_FROM ? 0 : 1,
    left,
    top,
    width: Math.ceil(left + right),
    height: Math.ceil(top + T * cell),
    labelStep: Math.max(1, Math.ceil(LABEL_LINE / cell))
  };
}

/** Left edge of a key's column, and top edge of a query's row. */
export const cellX = (layout: MatrixLayout, key: number): number => layout.left + key * layout.cell;
export const cellY = (layout: MatrixLayout, query: number): number => layout.top + query * layout.cell;

/** The cell under a point given from the first cell's corner, or null beside the map. */
export function cellAt(layout: MatrixLayout, x: number, y: number): Cell | null {
  const key = Math.floor(x / layout.cell);
  const query = Math.floor(y / layout.cell);
  const inside = key >= 0 && query >= 0 && key < layout.T && query < layout.T;
  return inside ? { query, key } : null;
}

/** Every pair (row by row), or only those causal attention allows. */
export function layoutCells(T: number, causal: boolean): Cell[] {
  const cells: Cell[] = [];
  for (let query = 0; query < T; query++) {
    const keys = causal ? query + 1 : T;
    for (let key = 0; key < keys; key++) cells.push({ query, key });
  }
  return cells;
}

/** SVG path around the pairs that the mask hides (key > query), a staircase; empty for one token. */
export function maskedOutline(layout: MatrixLayout): string {
  const { T } = layout;
  if (T < 2) return '';
  const step = (query: number): string => `V${cellY(layout, query + 1)}H${cellX(layout, query + 2)}`;
  const stairs = Array.from({ length: T - 1 }, (_, query) => step(query));
  return `M${cellX(layout, T)},${cellY(layout, 0)}H${cellX(layout, 1)}${stairs.join('')}Z`;
}

/** The tokens that get a label: every labelStep-th, and the ones in focus, which push their neighbours out. */
export function labelled(layout: MatrixLayout, focused: readonly (number | null)[]): number[] {
  const wanted = focused.filter((at): at is number => at !== null && at < layout.T);
  const shown = Array.from({ length: layout.T }, (_, at) => at).filter((at) => at % layout.labelStep === 0);
  const free = shown.filter((at) => wanted.every((other) => Math.abs(at - other) >= layout.labelStep));
  return [...new Set([...free, ...wanted])].sort((a, b) => a - b);
}

/** Where a key press moves the cursor, or null if the key does not move it. */
export function moveCell(cell: Cell, pressed: string, T: number): Cell | null {
  const { query, key } = cell;
  const moved: Record<string, Cell> = {
    ArrowLeft: { query, key: key - 1 },
    ArrowRight: { query, key: key + 1 },
    ArrowUp: { query: query - 1, key },
    ArrowDown: { query: query + 1, key },
    Home: { query, key: 0 },
    End: { query, key: query },
    PageUp: { query: 0, key },
    PageDown: { query: T - 1, key }
  };
  const target = moved[pressed];
  if (!target) return null;
  const inside = (at: number): number => Math.max(0, Math.min(T - 1, at));
  return { query: inside(target.query), key: inside(target.key) };
}

/** Scroll offset that brings [start, start + size] into view with the least movement. */
export function scrollToShow(start: number, size: number, offset: number, view: number): number {
  if (start < offset) return start;
  return start + size > offset + view ? start + size - view : offset;
}

/** What a click on a cell locks: its pair, only its query where the mask hides it, no key if it was locked before. */
export function clickCell(
  cell: Cell,
  position: number,
  key: number | null
): { position: number; key: number | null } {
  const again = cell.query === position && cell.key === key;
  return { position: cell.query, key: again || !mayRead(cell.query, cell.key) ? null : cell.key };
}
