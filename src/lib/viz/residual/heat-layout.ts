import type { DepthPlace } from '../common/depth';
import { itemsInView, mostZoomOf, type ZoomPlace } from '../common/zoom-place';

/** A grid of depth × position: positions from left to right, depth 0 at the bottom, as the logit lens has it. */
export interface HeatLayout {
  T: number;
  depths: number;
  cellWidth: number;
  cellHeight: number;
  /** Of what is seen: all positions, unless they are zoomed. */
  width: number;
  height: number;
  /** What of the zoomed positions is left of that, px. */
  offset: number;
  /** Every n-th position gets its number, every m-th depth its own. */
  positionEvery: number;
  depthEvery: number;
}

const CELL_WIDTH = { max: 56, zoomed: 32 } as const;
const CELL_HEIGHT = { min: 11, max: 18, all: 260 } as const;
/** Room a position's and a depth's number need, px. */
const LABEL_WIDTH = 26;
const LABEL_HEIGHT = 14;

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/** The smallest of 1, 2, 5, 10, 20, 50 ... that is at least `least`. */
export function niceEvery(least: number): number {
  let decade = 1;
  for (;;) {
    for (const step of [1, 2, 5]) {
      if (step * decade >= least) return step * decade;
    }
    decade *= 10;
  }
}

/**
 * Sizes the grid for `room` px; of many positions a cell may get less than 1 px: zooming makes it wider.
 * Throws: RangeError if there is no position or no depth.
 */
export function layoutHeat(T: number, depths: number, room: number): HeatLayout {
  if (T < 1 || depths < 1) {
    throw new RangeError(
      `layoutHeat: T and depths must be at least 1, got ${T} and ${depths}. Run a prompt first.`
    );
  }
  const cellWidth = Math.min(CELL_WIDTH.max, Math.max(0, room) / T);
  const cellHeight = clamp(CELL_HEIGHT.all / depths, CELL_HEIGHT.min, CELL_HEIGHT.max);
  return {
    T,
    depths,
    cellWidth,
    cellHeight,
    width: cellWidth * T,
    height: cellHeight * depths,
    offset: 0,
    positionEvery: niceEvery(LABEL_WIDTH / cellWidth),
    depthEvery: niceEvery(LABEL_HEIGHT / cellHeight)
  };
}

/** How far the positions can be zoomed: until a column has room for its token. */
export const mostHeatZoom = ({ cellWidth }: HeatLayout): number => mostZoomOf(cellWidth, CELL_WIDTH.zoomed);

/** The grid at a place of its zoom: wider cells, seen through the same width. */
export function zoomHeat(layout: HeatLayout, { k, x }: ZoomPlace): HeatLayout {
  if (k === 1) return layout;
  const cellWidth = layout.cellWidth * k;
  return {
    ...layout,
    cellWidth,
    offset: x * layout.T * cellWidth,
    positionEvery: niceEvery(LABEL_WIDTH / cellWidth)
  };
}

/** The positions in view: first … end − 1. */
export function positionsSeen({ T, cellWidth, width, offset }: HeatLayout): { first: number; end: number } {
  const all = T * cellWidth;
  return itemsInView(offset / all, all / width, T);
}

/** Top left corner of a cell, px. */
export function cellAt(layout: HeatLayout, depth: number, position: number): { x: number; y: number } {
  return {
    x: position * layout.cellWidth - layout.offset,
    y: (layout.depths - 1 - depth) * layout.cellHeight
  };
}

/** The cell under a point of the grid (px), held inside it. */
export function cellUnder(layout: HeatLayout, x: number, y: number): DepthPlace {
  const column = Math.floor((x + layout.offset) / layout.cellWidth);
  const row = Math.floor(y / layout.cellHeight);
  return {
    position: clamp(column, 0, layout.T - 1),
    depth: layout.depths - 1 - clamp(row, 0, layout.depths - 1)
  };
}
