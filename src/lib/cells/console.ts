import { cutText } from './describe.ts';

const MOST_LINES = 200;
const MOST_LETTERS = 2000; // of one line

/** A console for cells: keeps what they print, within bounds. */
export class CellConsole {
  #lines: string[] = [];
  #left = 0;

  readonly log = (...values: readonly unknown[]): void => {
    if (this.#lines.length < MOST_LINES)
      this.#lines.push(cutText(values.map(asText).join(' '), MOST_LETTERS));
    else this.#left++;
  };
  readonly info = this.log;
  readonly warn = this.log;
  readonly error = this.log;
  readonly table = this.log;

  /** The lines so far, and how many were left out; the next cell starts anew. */
  take(): string[] {
    const lines = this.#lines;
    if (this.#left > 0) lines.push(`… (${this.#left.toLocaleString('en')} more lines)`);
    this.#lines = [];
    this.#left = 0;
    return lines;
  }
}

function asText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (ArrayBuffer.isView(value)) return `[${(value as Float32Array).slice(0, MOST_LETTERS).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  try {
    return JSON.stringify(value);
  } catch {
    return String(value); // holds itself
  }
}
