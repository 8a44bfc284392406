/** Places a head's map: one square per (query, key) pair, token labels beside and above it. All in px. */
import { itemsInView, mostZoomOf, type ZoomPlace } from '../common/zoom-place';
import { moveInGrid } from '../marks/keys';
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
  /** Side of the square that the cells are seen through: all of them, unless they are zoomed. */
  readonly side: number;
  /** What of the zoomed cells is left of that square and above it; 0 where all are seen. */
  readonly offsetX: number;
  readonly offsetY: number;
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

/** Cells grow with the room: 32 px in a column beside other pictures, up to 48 px on a wide screen. */
const CELL_SHARE = 16;
const LARGEST_CELL = { narrow: 32, wide: 48 } as const;
/** Zoomed in, a cell has room for a finger and its label. */
const ZOOMED_CELL = 32;
const CELL_STEPS = 100; // cells are cut to hundredths of a px, so that sums do not overflow by rounding
const HALF = 0.5;
const LEAST_SIDE = 160; // px the cells get in a low window: then the page scrolls
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

/** The largest cell for which the columns and their leaning labels end inside the width, and the rows in the height. */
function cellSize(available: number, height: number, labels: readonly string[]): number {
  const T = labels.length;
  const largest = Math.max(LARGEST_CELL.narrow, Math.min(LARGEST_CELL.wide, available / CELL_SHARE));
  const forLabels = labels.map((label, key) => (available - reach(label)) / (key + HALF));
  const fitting = Math.min(largest, available / T, height / T, ...forLabels);
  const cut = Math.floor(fitting * CELL_STEPS) / CELL_STEPS;
  return cut > 0 ? cut : available / T;
}

/**
 * Fits the map of T tokens into a width and, where one is given, into a height. Of many tokens a cell may get less than
 * 1 px: zooming makes it larger.
 *
 * Units:  px; labels are the strings drawn, already shortened. The height is that of the whole picture.
 * Throws: RangeError without a label.
 */
export function layoutMatrix(labels: readonly string[], width: number, height = Infinity): MatrixLayout {
  const T = labels.length;
  if (T === 0) throw new RangeError('layoutMatrix: labels must be one a token, got none. Pass the prompt.');
  const longest = labels.reduce((most, label) => Math.max(most, labelWidth(label)), 0);
  const left = Math.ceil(AXIS_NAME + longest + LABEL_GAP);
  const top = Math.ceil(AXIS_NAME + longest * Math.sin(LEAN) + LABEL_GAP + LABEL_SIZE / 2);
  const cell = cellSize(width - left, Math.max(LEAST_SIDE, height - top), labels);
  const right = labels.reduce(
    (most, label, key) => Math.max(most, (key + HALF) * cell + reach(label)),
    T * cell
  );
  return {
    T,
    cell,
    side: T * cell,
    offsetX: 0,
    offsetY: 0,
    gap: gapOf(cell),
    left,
    top,
    width: Math.ceil(left + right),
    height: Math.ceil(top + T * cell),
    labelStep: labelStepOf(cell)
  };
}

const gapOf = (cell: number): number => (cell < GAP_FROM ? 0 : 1);
const labelStepOf = (cell: number): number => Math.max(1, Math.ceil(LABEL_LINE / cell));

/** How far a map can be zoomed: until a cell has room for a finger. */
export const mostZoom = ({ cell }: MatrixLayout): number => mostZoomOf(cell, ZOOMED_CELL);

/** The map at a place of its zoom: larger cells, seen through the same square. */
export function zoomMatrix(layout: MatrixLayout, { k, x, y }: ZoomPlace): MatrixLayout {
  if (k === 1) return layout;
  const cell = layout.cell * k;
  const all = layout.T * cell;
  return {
    ...layout,
    cell,
    gap: gapOf(cell),
    labelStep: labelStepOf(cell),
    offsetX: x * all,
    offsetY: y * all
  };
}

/** Left edge of a key's column, and top edge of a query's row. */
export const cellX = (layout: MatrixLayout, key: number): number =>
  layout.left + key * layout.cell - layout.offsetX;
export const cellY = (layout: MatrixLayout, query: number): number =>
  layout.top + query * layout.cell - layout.offsetY;

/** The cell under a point given from the corner of the square they are seen through, or null beside the map. */
export function cellAt(layout: MatrixLayout, x: number, y: number): Cell | null {
  const key = Math.floor((x + layout.offsetX) / layout.cell);
  const query = Math.floor((y + layout.offsetY) / layout.cell);
  const inside = key >= 0 && query >= 0 && key < layout.T && query < layout.T;
  return inside ? { query, key } : null;
}

/** The keys and queries in view. */
export function inView(layout: MatrixLayout): { keys: [number, number]; queries: [number, number] } {
  const { T, cell, side, offsetX, offsetY } = layout;
  const k = (T * cell) / side;
  const keys = itemsInView(offsetX / (T * cell), k, T);
  const queries = itemsInView(offsetY / (T * cell), k, T);
  return { keys: [keys.first, keys.end], queries: [queries.first, queries.end] };
}

/** Every pair in view (row by row), or only those causal attention allows. */
export function layoutCells(layout: MatrixLayout, causal: boolean): Cell[] {
  const { keys, queries } = inView(layout);
  const cells: Cell[] = [];
  for (let query = queries[0]; query < queries[1]; query++) {
    const end = causal ? Math.min(keys[1], query + 1) : keys[1];
    for (let key = keys[0]; key < end; key++) cells.push({ query, key });
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

/** Of the tokens in view, those that get a label: every labelStep-th, and the ones in focus, which push others out. */
export function labelled(
  { T, labelStep }: Pick<MatrixLayout, 'T' | 'labelStep'>,
  focused: readonly (number | null)[],
  [first, end]: readonly [number, number] = [0, T]
): number[] {
  const wanted = focused.filter((at): at is number => at !== null && at >= first && at < end);
  const every = Array.from({ length: end - first }, (_, i) => first + i);
  const shown = every.filter((at) => at % labelStep === 0);
  const free = shown.filter((at) => wanted.every((other) => Math.abs(at - other) >= labelStep));
  return [...new Set([...free, ...wanted])].sort((a, b) => a - b);
}

/** Where a key press moves the cursor: over the map, with End at the query's own key, and page keys to the first and last query. */
export function moveCell(cell: Cell, pressed: string, T: number): Cell | undefined {
  const { query, key } = cell;
  if (pressed === 'End') return { query, key: query };
  if (pressed === 'PageUp') return { query: 0, key };
  if (pressed === 'PageDown') return { query: T - 1, key };
  const next = moveInGrid(pressed, { row: query, column: key }, { rows: T, columns: T });
  return next && { query: next.row, key: next.column };
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

/** Cells along an edge of the map that share one pixel of the screen. */
export const cellsPerPixel = ({ cell }: MatrixLayout): number =>
  Math.max(1, Math.ceil(1 / (cell * (globalThis.devicePixelRatio || 1))));
