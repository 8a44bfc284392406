/** Strips of one colour cell a component. */
import { moveInLines } from '../marks/keys';

/** Strips of one colour cell a component, wrapped into rows where a single row's cells would be too thin to see. */
export interface StripLayout {
  n_embd: number;
  rows: number;
  perRow: number;
  cellWidth: number;
  rowHeight: number;
  width: number;
  height: number;
}

/** Thinnest cell that can still be pointed at, px. */
const MIN_CELL = 3;
const ROW_HEIGHT = { single: 28, wrapped: 16 } as const;
/** Free space under each row of a wrapped strip, px. */
export const ROW_GAP = 2;
/** Room above each strip for its name and norm, px. */
export const HEAD_HEIGHT = 26;

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/**
 * Sizes a strip of n_embd components for `room` px.
 * Throws: RangeError if n_embd is not a positive whole number.
 */
export function layoutStrip(n_embd: number, room: number): StripLayout {
  if (!Number.isInteger(n_embd) || n_embd < 1) {
    throw new RangeError(
      `layoutStrip: n_embd must be a positive whole number, got ${n_embd}. Pass config.n_embd.`
    );
  }
  const width = Math.max(room, MIN_CELL);
  const rows = Math.ceil((n_embd * MIN_CELL) / width);
  const perRow = Math.ceil(n_embd / rows);
  const rowHeight = rows === 1 ? ROW_HEIGHT.single : ROW_HEIGHT.wrapped;
  return { n_embd, rows, perRow, cellWidth: width / perRow, rowHeight, width, height: rows * rowHeight };
}

/** Top left corner of a component's cell, px. */
export function componentAt(layout: StripLayout, component: number): { x: number; y: number } {
  return {
    x: (component % layout.perRow) * layout.cellWidth,
    y: Math.floor(component / layout.perRow) * layout.rowHeight
  };
}

/** Where the index-th strip of a stack begins, px from the stack's top: under its head. */
export function stripTop(layout: StripLayout, index: number): number {
  return index * (HEAD_HEIGHT + layout.height) + HEAD_HEIGHT;
}

/** The component under a point of a stack of strips (px); a point on a head means the row below it. */
export function componentInStack(layout: StripLayout, x: number, y: number): number {
  const inStrip = (y % (HEAD_HEIGHT + layout.height)) - HEAD_HEIGHT;
  return componentUnder(layout, x, inStrip);
}

/** The component under a point of the strip (px), held inside it. */
export function componentUnder(layout: StripLayout, x: number, y: number): number {
  const row = clamp(Math.floor(y / layout.rowHeight), 0, layout.rows - 1);
  const column = clamp(Math.floor(x / layout.cellWidth), 0, layout.perRow - 1);
  return Math.min(layout.n_embd - 1, row * layout.perRow + column);
}

/** Where a key leads: left and right by one, up and down by a row (by ten where there is one row), as far as there are components. */
export function moveComponent(component: number, key: string, layout: StripLayout): number | undefined {
  const perLine = layout.rows === 1 ? 10 : layout.perRow;
  return moveInLines(key, component, { count: layout.n_embd, perLine, toEnds: true });
}

/** The components within `reach` of one, moved inwards at the ends so that there are always as many. */
export function windowAround(component: number, reach: number, n_embd: number): { from: number; to: number } {
  const size = Math.min(n_embd, 2 * reach + 1);
  const from = clamp(component - reach, 0, n_embd - size);
  return { from, to: from + size };
}
