/** A matrix of which single rows are read: wte, and the matrix of the logits where that is another one. */
import * as tf from '@tensorflow/tfjs-core';
import { widened } from './halves.ts';
import { lookAtOnce, lookAtRows } from './look-at.ts';

/** In float32, or in halves where the backend reads those. */
export type Table = tf.Tensor2D | HalfTable;

export interface HalfTable {
  /** [rows, width / 2] */
  readonly halves: tf.Tensor2D;
  /** Of the table: [rows, width]. */
  readonly shape: [rows: number, width: number];
}

/** What holds the table's numbers on the device. */
export function tensorOfTable(table: Table): tf.Tensor2D {
  return 'halves' in table ? table.halves : table;
}

/**
 * The whole table in float32: a second handle on it, or widened.
 *
 * Memory: leaves the table alone; the caller disposes the result.
 */
export function wholeTable(table: Table): tf.Tensor2D {
  return 'halves' in table ? widened(table.halves) : table.clone();
}

/**
 * Some rows of the table.
 *
 * Shapes: → [rows.length, width].
 * Memory: leaves the table alone; the caller disposes the result.
 */
export function tableRows(table: Table, rows: readonly number[] | Int32Array): tf.Tensor2D {
  return tf.tidy(() => {
    const found = tf.gather(tensorOfTable(table), tf.tensor1d(Int32Array.from(rows), 'int32'));
    return 'halves' in table ? widened(found) : found;
  });
}

/** Looks at one row of the table: as `lookAt`. */
export function lookAtTableRow<T>(table: Table, row: number, use: (values: Float32Array) => T): Promise<T> {
  if ('halves' in table) return lookAtOnce(tableRows(table, [row]), use);
  return lookAtRows(table, row, 1, use);
}
