import type { CellValue } from '$lib/cells';
import { printSize, printTensor } from './tensor-print';
import type { PrintForm } from './types';

/** A result with an axis of size 1 in front of every tensor, as the sources have it. */
function withBatch(value: CellValue): CellValue {
  if (value.kind === 'tensor') return { ...value, shape: [1, ...value.shape] };
  return value.kind === 'list' ? { ...value, items: value.items.map(withBatch) } : value;
}

/**
 * Values above which a tensor with rows is summarised. PyTorch's own limit is 1,000: the sources' 5 x 768 are over it and
 * gpt2-nano's 5 x 192 just below, and should look the same. A vector is printed as PyTorch does.
 */
const MOST_VALUES_IN_ROWS = 500;

function summarisedFrom(shape: readonly number[], print: PrintForm): number | undefined {
  if (print === 'whole') return Infinity;
  return shape.length > 1 ? MOST_VALUES_IN_ROWS : undefined;
}

/** A result as a notebook would print it: tensors as PyTorch, records and lists as Python. */
export function printValue(given: CellValue, print: PrintForm = 'plain'): string {
  const value = print === 'batch' ? withBatch(given) : given;
  const inside = print === 'batch' ? 'plain' : print;
  const text = (item: CellValue) => printValue(item, inside);
  switch (value.kind) {
    case 'nothing':
      return '';
    case 'text':
      return value.text;
    case 'tensor':
      return printTensor(value, summarisedFrom(value.shape, print));
    case 'list':
      return `(${value.items.map(text).join(',\n ')})`;
    case 'record':
      return `{${value.entries.map(([key, item]) => `'${key}': ${text(item)}`).join(',\n ')}}`;
    case 'table':
      return [value.columns, ...value.rows].map((row) => row.join('\t')).join('\n');
  }
}

/** The shapes in a result, as PyTorch writes them; null where there is no tensor. */
export function printShapes(given: CellValue, print: PrintForm = 'plain'): string | null {
  const value = print === 'batch' ? withBatch(given) : given;
  if (value.kind === 'tensor') return printSize(value.shape);
  if (value.kind !== 'list') return null;
  const shapes = value.items.map((item) => printShapes(item));
  return shapes.every((shape) => shape !== null) ? shapes.join(', ') : null;
}

/** A line of console.log: its values with a space between them, a tensor on lines of its own. */
export function printLine(values: readonly CellValue[]): string {
  return values
    .map((value, i) => `${i === 0 ? '' : value.kind === 'text' ? ' ' : '\n'}${printValue(value)}`)
    .join('');
}
