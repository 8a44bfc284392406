/**
 * Minus signs on the cells below zero, where a picture may be seen without its colours: on paper and in high-contrast modes.
 * Lines across cells of a canvas; cells of the page have the same as a class, `.below-zero` in styles.css.
 */
import type { Attachment } from 'svelte/attachments';

const COLOURLESS = 'print, (forced-colors: active)';
/** px; lower cells carry no line, which would hide their colour. */
export const LEAST_SIGNED_CELL = 6;

/** A row of cells of one height. Units: device pixels. */
interface CellRow {
  readonly top: number;
  readonly height: number;
  /** Left edge of a column, and of the one after the last. */
  readonly at: (column: number) => number;
}

/** Draws a canvas, and anew whenever it is to carry signs or no longer; `signs` says which. */
export function signedCanvas(
  draw: (canvas: HTMLCanvasElement, signs: boolean) => void
): Attachment<HTMLCanvasElement> {
  return (canvas) => {
    const media = globalThis.matchMedia?.(COLOURLESS);
    const now = () => draw(canvas, media?.matches ?? false);
    const forPaper = () => draw(canvas, true); // the paper's styles do not hold yet
    now();
    media?.addEventListener('change', now);
    addEventListener('beforeprint', forPaper);
    addEventListener('afterprint', now);
    return () => {
      media?.removeEventListener('change', now);
      removeEventListener('beforeprint', forPaper);
      removeEventListener('afterprint', now);
    };
  };
}

/**
 * What draws a line across the middle of each cell below zero: a dark and a light one, which are seen on every colour.
 *
 * @param ratio device pixels in one px of the page
 */
export function minusPen(
  context: CanvasRenderingContext2D,
  ratio: number
): (values: ArrayLike<number>, row: CellRow) => void {
  const thick = Math.max(1, Math.round(ratio));
  const style = getComputedStyle(context.canvas);
  const inks = [style.getPropertyValue('--ink'), style.getPropertyValue('--paper')];
  return (values, { top, height, at }) => {
    if (height < LEAST_SIGNED_CELL * ratio) return;
    const middle = Math.round(top + height / 2);
    for (const { from, end } of negativeRuns(values)) {
      inks.forEach((ink, i) => {
        context.fillStyle = ink;
        context.fillRect(at(from), middle + (i - 1) * thick, at(end) - at(from), thick);
      });
    }
  };
}

/** Neighbours below zero, as runs from the first to one past the last. */
export function negativeRuns(values: ArrayLike<number>): { from: number; end: number }[] {
  const runs: { from: number; end: number }[] = [];
  for (let i = 0; i < values.length; i++) {
    if (!(values[i] < 0)) continue;
    const last = runs.at(-1);
    if (last?.end === i) last.end = i + 1;
    else runs.push({ from: i, end: i + 1 });
  }
  return runs;
}
