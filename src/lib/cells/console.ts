import { cutText, describeValue } from './describe.ts';
import { textOf } from './text-of.ts';
import type { CellValue } from './types.ts';

const MOST_LINES = 200;
const MOST_LETTERS = 2000; // of one line
const MOST_VALUES = 2 ** 22; // of all tensors together, 16 MB

/** A console for cells: keeps what they print, within bounds. */
export class CellConsole {
  #lines: CellValue[][] = [];
  #left = 0;
  #values = 0;

  readonly log = (...values: readonly unknown[]): void => {
    if (this.#lines.length >= MOST_LINES || this.#values > MOST_VALUES) {
      this.#left++;
      return;
    }
    const line = lineOf(values);
    this.#values += line.reduce((sum, part) => sum + (part.kind === 'tensor' ? part.data.length : 0), 0);
    this.#lines.push(line);
  };
  readonly info = this.log;
  readonly warn = this.log;
  readonly error = this.log;
  readonly debug = this.log;
  readonly table = this.log;

  /** The lines so far, and how many were left out; the next cell starts anew. */
  take(): CellValue[][] {
    const lines = this.#lines;
    if (this.#left > 0) lines.push([text(`… (${this.#left.toLocaleString('en')} more lines)`)]);
    this.#lines = [];
    this.#left = 0;
    this.#values = 0;
    return lines;
  }
}

/** Values with a space between them; what is more than a text is described, as a cell's result is. */
function lineOf(values: readonly unknown[]): CellValue[] {
  const line: CellValue[] = [];
  for (const value of values) {
    const described = describeIfRich(value);
    const last = line.at(-1);
    if (described) line.push(described);
    else if (last?.kind === 'text') line[line.length - 1] = text(`${last.text} ${textOf(value)}`);
    else line.push(text(textOf(value)));
  }
  return line.map((part) => (part.kind === 'text' ? text(cutText(part.text, MOST_LETTERS)) : part));
}

/** A tensor, or what holds one: a value is kept as it is now. */
function describeIfRich(value: unknown): CellValue | null {
  if (typeof value !== 'object' || value === null) return null;
  try {
    const described = describeValue(value);
    return holdsTensor(described) || described.kind === 'table' ? described : null;
  } catch (error) {
    return text(String(error));
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
