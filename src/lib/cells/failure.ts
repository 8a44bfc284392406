import type { Place } from './edits.ts';
import { runtimeHint } from './hints.ts';
import { CellSyntaxError } from './parse.ts';
import type { CellFailure } from './types.ts';

/** Where a place of a compiled cell stands in its text. */
export type Locate = (place: Place) => { line: number; column: number | null };

/** Lines that a function's own header takes before its body, in what an engine reports. */
const HEADER_LINES = 2;
const FRAME = /lesson-cell:([^:\s)]+):(\d+):(\d+)/;

/** The last line of a compiled cell: its name in what an engine reports. */
export function sourceLine(id: string): string {
  return `//# sourceURL=lesson-cell:${encodeURIComponent(id)}`;
}

/** What a cell threw, in words, whatever it is: its own conversion to a text may throw again. */
export function writtenError(error: unknown): string {
  try {
    if (error instanceof Error) return `${String(error.name)}: ${String(error.message)}`;
    return `The cell threw ${String(error)}.`;
  } catch {
    return 'The cell threw something that cannot be written as a text.';
  }
}

/**
 * What went wrong, where, and what to try.
 *
 * @param id the cell that was run
 * @param names that it could read
 * @param places of the cells so far
 */
export function failureOf(
  error: unknown,
  id: string,
  names: Readonly<Record<string, unknown>>,
  places: ReadonlyMap<string, Locate>
): CellFailure {
  if (error instanceof CellSyntaxError) {
    const { line, column, hint } = error;
    return { error: `${error.name}: ${error.message}`, line, column, hint, inCell: null };
  }
  if (!(error instanceof Error)) {
    return { error: writtenError(error), line: null, column: null, hint: null, inCell: null };
  }
  const where = placeOf(error, places);
  return {
    error: writtenError(error).replaceAll('__names.', ''),
    line: where?.line ?? null,
    column: where?.column ?? null,
    inCell: where && where.cell !== id ? where.cell : null,
    hint: typeof error.message === 'string' ? runtimeHint(error, Object.keys(names)) : null
  };
}

/** The innermost place in a cell. */
function placeOf(error: Error, places: ReadonlyMap<string, Locate>) {
  const frame = FRAME.exec(String(error.stack ?? ''));
  if (!frame) return null;
  const cell = decodeURIComponent(frame[1]);
  const locate = places.get(cell);
  if (!locate) return null;
  return { cell, ...locate({ line: Number(frame[2]) - HEADER_LINES, column: Number(frame[3]) }) };
}
