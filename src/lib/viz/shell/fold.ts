/**
 * When the rows above the views fold: as the page scrolls, the first row shrinks to one line and stays at the window's
 * top. What it loses in height is kept as a margin below it, so nothing else on the page moves.
 */

export interface Fold {
  /** Where the rows stick, px from the window's top; below 0 what may scroll away before they do. */
  readonly top: number;
  /** The margin that stands for the height lost, px. */
  readonly margin: number;
}

/**
 * The first row is `full` px high when open and `line` px when folded.
 *
 * Units: px. Until both are measured (0) nothing scrolls away.
 */
export function foldOf(full: number, line: number, folded: boolean): Fold {
  const lost = full > 0 && line > 0 ? Math.max(0, full - line) : 0;
  return folded ? { top: 0, margin: lost } : { top: lost > 0 ? -lost : 0, margin: 0 };
}

/** The rows' own place has scrolled so far above the window's top that only a folded row covers nothing. */
export function isFolded(placeTop: number, full: number, line: number): boolean {
  return line > 0 && full > line && placeTop <= line - full;
}
