import { pythonExponent, pythonFixed } from './half-even.ts';
import { PRINT_OPTIONS as options, type Dtype } from './options.ts';

/** Writes the values of one tensor, all to the same width. */
export interface ValueFormat {
  /** Characters of one value. */
  readonly width: number;
  write(value: number): string;
}

/**
 * Chooses how the values of a tensor are written, as PyTorch does: whole numbers as `3.`, scientific form where the
 * largest is over 1,000 times the smallest, above 1e8 or below 1e-4, else four decimals.
 *
 * @param values those that will be shown
 * Source: torch/_tensor_str.py, _Formatter.
 */
export function chooseFormat(values: readonly number[], dtype: Dtype): ValueFormat {
  if (dtype !== 'float32') {
    const text = dtype === 'bool' ? (value: number) => (value ? 'True' : 'False') : String;
    return padded(text, longest(values, text));
  }
  const sizes = values.filter((value) => Number.isFinite(value) && value !== 0);
  if (sizes.length === 0) return padded(wholeText, 1);
  if (isScientific(sizes)) {
    const text = (value: number) => pythonExponent(value, options.precision);
    return padded(text, longest(sizes, text));
  }
  if (sizes.every(Number.isInteger)) return padded(wholeText, longest(sizes, wholeText));
  const text = (value: number) => pythonFixed(value, options.precision);
  return padded(text, longest(sizes, text));
}

function isScientific(values: readonly number[]): boolean {
  const sizes = values.map(Math.abs);
  const smallest = sizes.reduce((a, b) => Math.min(a, b));
  const largest = sizes.reduce((a, b) => Math.max(a, b));
  return (
    largest / smallest > options.largestRatio ||
    largest > options.largestPlain ||
    smallest < options.smallestPlain
  );
}

/** A float that is a whole number: `3.`, so that it is not taken for an integer. */
function wholeText(value: number): string {
  return Number.isFinite(value) ? `${pythonFixed(value, 0)}.` : pythonFixed(value, 0);
}

function longest(values: readonly number[], text: (value: number) => string): number {
  return values.reduce((width, value) => Math.max(width, text(value).length), 1);
}

function padded(text: (value: number) => string, width: number): ValueFormat {
  return { width, write: (value) => text(value).padStart(width) };
}
