import type { CellValue } from '$lib/cells';
import { comparePrinted, compareTensor, sourceValue, type Comparison, type SourceValue } from './checks';
import nano from './checks/nano.json';
import { printValue } from './print-value';
import { printSize } from './tensor-print';

/** Which values a result can be held beside. */
export interface CheckSituation {
  /** The model on the page: the sources' own, the embedded one, or another. */
  readonly model: 'gpt2' | 'gpt2-nano' | 'other';
  /** The page shows the source's prompt and layer, and the cells above are the lesson's own. */
  readonly asInSource: boolean;
}

/** One printed value beside ours. */
export interface CheckView {
  readonly value: SourceValue;
  /** What the result is compared with; null where nothing is known about this model. */
  readonly expected: string | null;
  /** null while there is no result, or nothing to compare it with. */
  readonly comparison: Comparison | null;
}

const nanoPrinted = nano.printed as Readonly<Record<string, string>>;

function expectedFor(id: string, printed: string, { model, asInSource }: CheckSituation): string | null {
  if (!asInSource) return null;
  if (model === 'gpt2') return printed;
  return model === 'gpt2-nano' ? (nanoPrinted[id] ?? null) : null;
}

/** Holds a cell's result beside each value it names. */
export function checkViews(
  ids: readonly string[],
  result: CellValue | null,
  situation: CheckSituation
): CheckView[] {
  return ids.map((id) => {
    const value = sourceValue(id);
    const expected = expectedFor(id, value.printed, situation);
    const comparison = expected !== null && result ? compareResult(expected, result, value.cut) : null;
    return { value, expected, comparison };
  });
}

function compareResult(expected: string, result: CellValue, cut = false): Comparison {
  if (result.kind === 'table') return compareTable(expected, result, cut);
  if (result.kind !== 'tensor') return compareLines(expected, printValue(result), cut);
  if (expected.startsWith('tensor(')) return compareTensor(expected, result);
  const isSize = expected.startsWith('torch.Size');
  if (isSize || /^\[[\d, ]+\]$/.test(expected)) {
    const shape = shapeAs(expected, result.shape);
    return comparePrinted(expected, isSize ? printSize(shape) : `[${shape.join(', ')}]`);
  }
  const scalar = printValue(result).replace(/^tensor\((.*)\)$/s, '$1');
  return comparePrinted(expected, scalar, cut);
}

/** The shape, with the batch axis of size 1 in front where the printed one has an axis more. */
function shapeAs(printed: string, shape: readonly number[]): readonly number[] {
  return printed.split(',').length > shape.length ? [1, ...shape] : shape;
}

/** What was printed may be one cell of a table. */
function compareTable(
  expected: string,
  table: Extract<CellValue, { kind: 'table' }>,
  cut: boolean
): Comparison {
  const compared = table.rows.flat().map((cell) => comparePrinted(expected, String(cell), cut));
  return compared.find(({ ok }) => ok) ?? compareLines(expected, printValue(table), cut);
}

/** What was printed may be a line or a few lines of what a cell gives: it is held beside those that fit. */
function compareLines(expected: string, ours: string, cut: boolean): Comparison {
  const whole = comparePrinted(expected, ours, cut);
  if (whole.ok) return whole;
  const lines = ours.split('\n');
  const height = expected.split('\n').length;
  for (let first = 0; first + height <= lines.length; first++) {
    const part = lines.slice(first, first + height).join('\n');
    const compared = comparePrinted(expected, part.replace(/,$/, ''), cut); // after the comma comes the next line
    if (compared.ok) return compared;
  }
  return whole;
}
