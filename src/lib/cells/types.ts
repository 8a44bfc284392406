import type { CellHint } from './hints.ts';

/** What a lesson's cells are run with, and what comes back: plain data that crosses to a worker. */

/** A cell's code under its name. */
export interface CellProgram {
  readonly id: string;
  readonly code: string;
  /** A lesson's own text, not the reader's: it is known to end. */
  readonly own?: boolean;
}

/** What every cell can read: the reader's choices, once for the page. */
export interface CellContext {
  readonly prompt: string;
  readonly ids: readonly number[];
  readonly layer: number;
  readonly head: number;
  /** From 0. */
  readonly position: number;
  /** Token ids, the end of a text after each document; empty or absent for a lesson that names no text. */
  readonly trainingText?: Uint16Array;
}

export type CellDtype = 'float32' | 'int64' | 'bool';

/** A cell's result, described. */
export type CellValue =
  | { readonly kind: 'nothing' }
  | {
      readonly kind: 'tensor';
      readonly shape: readonly number[];
      /** Row-major. */
      readonly data: Float32Array | Int32Array;
      readonly dtype: CellDtype;
    }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly CellValue[] }
  | { readonly kind: 'record'; readonly entries: readonly (readonly [string, CellValue])[] }
  | {
      readonly kind: 'table';
      readonly columns: readonly string[];
      readonly rows: readonly (readonly (string | number)[])[];
    };

export type CellOutcome = {
  /** Lines that the cell printed with console.log, each as what was put into it. */
  readonly printed: readonly (readonly CellValue[])[];
  readonly milliseconds: number;
} & ({ readonly ok: true; readonly value: CellValue } | ({ readonly ok: false } & CellFailure));

export interface CellFailure {
  readonly error: string;
  /** From 1. */
  readonly line: number | null;
  /** From 1. */
  readonly column: number | null;
  /** The cell above in which it happened; null is this one. */
  readonly inCell: string | null;
  /** What the reader may try. */
  readonly hint: CellHint | null;
}
