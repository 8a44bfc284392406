import { cutText, describeValue } from './describe.ts';
import { writtenError } from './failure.ts';
import { textOf } from './text-of.ts';
import type { CellValue } from './types.ts';

const MOST_LINES = 200;
const MOST_LETTERS = 2000; // of one line
const DEEPEST = 20; // groups in groups
const MOST_VALUES = 2 ** 22; // of all tensors together, 16 MB

/** A console for cells: keeps what they print, within bounds. */
export class CellConsole {
  #lines: CellValue[][] = [];
  #left = 0;
  #values = 0;
  /** Groups that are open. */
  #depth = 0;
  readonly #counts = new Map<unknown, number>();
  readonly #timers = new Map<unknown, number>();

  readonly log = (...values: readonly unknown[]): void => {
    if (this.#lines.length >= MOST_LINES || this.#values > MOST_VALUES) {
      this.#left++;
      return;
    }
    const line = indented(lineOf(values), this.#depth);
    this.#values += line.reduce((sum, part) => sum + (part.kind === 'tensor' ? part.data.length : 0), 0);
    this.#lines.push(line);
  };
  readonly info = this.log;
  readonly warn = this.log;
  readonly error = this.log;
  readonly debug = this.log;
  readonly table = this.log;
  readonly dirxml = this.log;
  /** Its second value, how to print the first, is left out. */
  readonly dir = (value?: unknown): void => this.log(value);
  readonly trace = (...values: readonly unknown[]): void => this.log('Trace:', ...values);
  readonly assert = (holds?: unknown, ...values: readonly unknown[]): void => {
    if (!holds) this.log('Assertion failed:', ...values);
  };
  readonly count = (label: unknown = 'default'): void => {
    const times = (this.#counts.get(label) ?? 0) + 1;
    this.#counts.set(label, times);
    this.log(`${textOf(label)}: ${times}`);
  };
  readonly countReset = (label: unknown = 'default'): void => void this.#counts.delete(label);
  readonly group = (...labels: readonly unknown[]): void => {
    if (labels.length > 0) this.log(...labels);
    this.#depth++;
  };
  readonly groupCollapsed = this.group;
  readonly groupEnd = (): void => void (this.#depth = Math.max(0, this.#depth - 1));
  readonly time = (label: unknown = 'default'): void => void this.#timers.set(label, performance.now());
  readonly timeLog = (label: unknown = 'default', ...values: readonly unknown[]): void => {
    const since = this.#timers.get(label);
    if (since === undefined) this.log(`${textOf(label)}: no timer of this name has been started`);
    else this.log(`${textOf(label)}: ${(performance.now() - since).toFixed(1)} ms`, ...values);
  };
  readonly timeEnd = (label: unknown = 'default'): void => {
    this.timeLog(label);
    this.#timers.delete(label);
  };
  readonly clear = (): void => void this.take();

  /** The lines so far, and how many were left out; the next cell starts anew. */
  take(): CellValue[][] {
    const lines = this.#lines;
    if (this.#left > 0) lines.push([text(`… (${this.#left.toLocaleString('en')} more lines)`)]);
    this.#lines = [];
    this.#left = 0;
    this.#values = 0;
    this.#depth = 0;
    return lines;
  }
}

/** A line of a group stands a little to the right. */
function indented(line: CellValue[], depth: number): CellValue[] {
  const [first, ...rest] = line;
  if (depth === 0 || first?.kind !== 'text') return line;
  return [text('  '.repeat(Math.min(depth, DEEPEST)) + first.text), ...rest];
}

/** Values with a space between them; what is more than a text is described, as a cell's result is. */
function lineOf(values: readonly unknown[]): CellValue[] {
  const line: CellValue[] = [];
  for (const value of values) {
    const described = describeIfRich(value);
    const last = line.at(-1);
    if (described) line.push(described);
    else if (last?.kind === 'text') line[line.length - 1] = text(`${last.text} ${written(value)}`);
    else line.push(text(written(value)));
  }
  return line.map((part) => (part.kind === 'text' ? text(cutText(part.text, MOST_LETTERS)) : part));
}

/** A value as a text; one whose own conversion throws does not stop the cell that prints it. */
function written(value: unknown): string {
  try {
    return textOf(value);
  } catch (error) {
    return `(a value that cannot be written: ${writtenError(error)})`;
  }
}

/** A tensor, or what holds one: a value is kept as it is now. */
function describeIfRich(value: unknown): CellValue | null {
  if (typeof value !== 'object' || value === null) return null;
  try {
    const described = describeValue(value);
    return holdsTensor(described) || described.kind === 'table' ? described : null;
  } catch (error) {
    return text(writtenError(error));
  }
}

function holdsTensor(value: CellValue): boolean {
  if (value.kind === 'list') return value.items.some(holdsTensor);
  if (value.kind === 'record') return value.entries.some(([, item]) => holdsTensor(item));
  return value.kind === 'tensor';
}

function text(value: string): CellValue {
  return { kind: 'text', text: value };
}
