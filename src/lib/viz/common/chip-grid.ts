/** A long prompt's chips: equal ones in rows, so that only the rows in view need be drawn. */

/** Up to so many tokens every chip is drawn, as wide as its token. */
export const LONG_PROMPT = 200;
/** From one row to the next, px, the gap included: tall enough for a finger. */
export const CHIP_ROW = 47;
export const CHIP_GAP = 3;
const CHIP_WIDTH = 68; // px, the least

export interface ChipGrid {
  /** Chips in a row. */
  readonly across: number;
  readonly rows: number;
}

/** Fits T chips into a width, px; one a row until the width is measured. */
export function chipGrid(T: number, width: number): ChipGrid {
  const across = Math.max(1, Math.floor((width + CHIP_GAP) / (CHIP_WIDTH + CHIP_GAP)));
  return { across, rows: Math.ceil(T / across) };
}
