import * as tf from '@tensorflow/tfjs-core';
import { textOf } from './text-of.ts';
import type { CellDtype, CellValue } from './types.ts';

const MOST_VALUES = 2 ** 24; // 64 MB of float32: more cannot be meant to be looked at
const MOST_LETTERS = 20_000; // of a text
const MOST_ITEMS = 200; // of a list or a record
const MOST_ROWS = 1000; // of a table
const DEEPEST = 4; // lists in lists

/** A result that cannot be shown: too large, or nested too deeply. */
export class ResultError extends Error {
  override name = 'ResultError';
}

/**
 * Describes anything a cell may give.
 *
 * Tensors, typed arrays and activations ({shape, data}) become tensors; objects records, arrays lists, an array of
 * objects a table.
 *
 * Memory: leaves tensors alone.
 * Throws: ResultError if it is too large to be shown.
 */
export function describeValue(value: unknown, depth = 0): CellValue {
  if (value === undefined || value === null) return { kind: 'nothing' };
  if (value instanceof tf.Tensor) return ofTensor(value);
  if (value instanceof Float32Array || value instanceof Float64Array) {
    return tensor([value.length], Float32Array.from(value), 'float32');
  }
  if (ArrayBuffer.isView(value) && isOfNumbers(value)) {
    return tensor([(value as Int32Array).length], Int32Array.from(value as Int32Array), 'int64');
  }
  if (isActivation(value)) return ofActivation(value);
  if (depth >= DEEPEST)
    throw new ResultError('The result is nested too deeply to be shown; give a part of it.');
  if (Array.isArray(value)) return ofArray(value, depth);
  if (value instanceof Map) return ofRecord([...value], depth);
  if (value instanceof Set) return ofSet(value, depth);
  if (isPlain(value)) return ofRecord(Object.entries(value), depth);
  return textValue(textOf(value));
}

function textValue(text: string): CellValue {
  return { kind: 'text', text: cutText(text) };
}

function isOfNumbers(value: ArrayBufferView): boolean {
  return !(value instanceof DataView || value instanceof BigInt64Array || value instanceof BigUint64Array);
}

function ofSet(value: ReadonlySet<unknown>, depth: number): CellValue {
  const items = [...value];
  return items.some((item) => typeof item === 'object') ? ofArray(items, depth) : textValue(textOf(value));
}

interface ActivationLike {
  readonly shape: number[];
  readonly data: Float32Array;
}

function isActivation(value: unknown): value is ActivationLike {
  const { shape, data } = value as Partial<ActivationLike>;
  return Array.isArray(shape) && data instanceof Float32Array;
}

function ofActivation({ shape, data }: ActivationLike): CellValue {
  const size = shape.reduce((product, length) => product * length, 1);
  if (size === data.length) return tensor(shape, Float32Array.from(data), 'float32');
  throw new ResultError(
    `The result's shape ${textOf(shape)} has ${textOf(size)} values, but its data has ${data.length}; make them fit.`
  );
}

function isPlain(value: unknown): value is Record<string, unknown> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function tensor(shape: readonly number[], data: Float32Array | Int32Array, dtype: CellDtype): CellValue {
  if (data.length > MOST_VALUES) throw tooLarge(data.length);
  return { kind: 'tensor', shape: [...shape], data, dtype };
}

function tooLarge(count: number): ResultError {
  const written = count.toLocaleString('en');
  return new ResultError(`The result has ${written} values, too many to show; take a slice of it.`);
}

function ofTensor(value: tf.Tensor): CellValue {
  if (value.size > MOST_VALUES) throw tooLarge(value.size);
  const { dtype, shape } = value;
  const data: unknown = value.dataSync();
  if (dtype === 'string') return textValue(textOf(data));
  if (dtype === 'complex64') {
    throw new ResultError('The result has complex numbers; take tf.real or tf.imag of it.');
  }
  if (dtype === 'float32') return tensor(shape, Float32Array.from(data as Float32Array), 'float32');
  return tensor(shape, Int32Array.from(data as Int32Array), dtype === 'bool' ? 'bool' : 'int64');
}

function ofArray(value: readonly unknown[], depth: number): CellValue {
  if (value.length > 0 && value.every(isRow)) return ofRows(value);
  if (value.length > MOST_ITEMS && !value.every((item) => typeof item === 'number'))
    throw tooLarge(value.length);
  if (value.every((item) => typeof item !== 'object' || item === null)) {
    return { kind: 'text', text: cutText(`[${value.map((item) => textOf(item, 1)).join(', ')}]`) };
  }
  return { kind: 'list', items: value.map((item) => describeValue(item, depth + 1)) };
}

type Row = Readonly<Record<string, string | number>>;

function isRow(item: unknown): item is Row {
  if (typeof item !== 'object' || item === null || Array.isArray(item) || !isPlain(item)) return false;
  return Object.values(item).every((cell) => typeof cell === 'string' || typeof cell === 'number');
}

function ofRows(rows: readonly Row[]): CellValue {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const shown = rows.slice(0, MOST_ROWS);
  return { kind: 'table', columns, rows: shown.map((row) => columns.map((column) => row[column] ?? '')) };
}

function ofRecord(entries: readonly (readonly [unknown, unknown])[], depth: number): CellValue {
  const shown = entries.slice(0, MOST_ITEMS);
  return {
    kind: 'record',
    entries: shown.map(([key, item]) => [String(key), describeValue(item, depth + 1)])
  };
}

/** A text, cut to what a page can show. */
export function cutText(text: string, most = MOST_LETTERS): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most)} … (${(text.length - most).toLocaleString('en')} more letters)`;
}
