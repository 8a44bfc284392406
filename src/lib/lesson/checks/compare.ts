/**
 * Holds a printed text beside ours: everything but the numbers must be the same, numbers may differ by their last digit.
 */
import { parsePrinted, unitOf, type PrintableTensor } from '../tensor-print/index.ts';

/** Float32 sums in another order move a value by some 1e-6 of its size; logits and residuals reach 100. */
const RELATIVE = 2e-6;
/** The least difference that counts, where a source printed more digits than float32 holds. */
const ABSOLUTE = 1e-5;
/** A difference of exactly one unit is computed a little above it in float64. */
const ROUNDING = 1 + 1e-9;

export interface Comparison {
  readonly ok: boolean;
  /** Largest difference of two numbers; null where the texts differ in something else. */
  readonly difference: number | null;
  readonly numbers: number;
}

const NUMBER = /-?\d+(?:\.\d*)?(?:e[+-]?\d+)?/g;

/**
 * How far one number may be from the printed one: a unit of its last digit, and never less than float32 can promise.
 * Whole numbers must be equal.
 */
export function tolerance(value: number, unit: number): number {
  if (unit === 0) return 0;
  return Math.max(unit * ROUNDING, ABSOLUTE, RELATIVE * Math.abs(value));
}

/** The text without numbers, whitespace, or a closing bracket that an excerpt may lack. */
function frame(text: string): string {
  return text.replaceAll(NUMBER, '#').replaceAll(/\s+/g, '').replace(/\)$/, '');
}

/**
 * Compares the values that a printed tensor shows with a tensor, place by place; axes of size 1 in front may differ.
 *
 * Throws: RangeError if there is no printed tensor in the text.
 */
export function compareTensor(printed: string, tensor: PrintableTensor): Comparison {
  const { values, rank } = parsePrinted(printed);
  const shape = tensor.shape.slice();
  while (shape.length > rank && shape[0] === 1) shape.shift();
  while (shape.length < rank) shape.unshift(1);
  let difference = 0;
  let ok = shape.length === rank;
  for (const { at, value, unit } of values) {
    const ours = valueAt(tensor.data, shape, at);
    if (ours === undefined) return { ok: false, difference: null, numbers: values.length };
    const apart = ours === value ? 0 : Math.abs(ours - value); // infinities are equal to themselves
    difference = Math.max(difference, apart);
    if (!(apart <= tolerance(value, unit))) ok = false;
  }
  return { ok, difference, numbers: values.length };
}

/** The value at a printed place, whose indices count from the end after `...`; undefined if there is no such place. */
function valueAt(
  data: ArrayLike<number>,
  shape: readonly number[],
  at: readonly number[]
): number | undefined {
  let index = 0;
  for (const [axis, size] of shape.entries()) {
    const place = at[axis] < 0 ? at[axis] + size : at[axis];
    if (!(place >= 0 && place < size)) return undefined;
    index = index * size + place;
  }
  return data[index];
}

/**
 * Compares what a source printed with what we print.
 *
 * @param cut the source's text was cut off: only its numbers, from the first on, are compared
 */
export function comparePrinted(printed: string, ours: string, cut = false): Comparison {
  const expected = printed.match(NUMBER) ?? [];
  const actual = ours.match(NUMBER) ?? [];
  const sameFrame = cut ? actual.length >= expected.length : frame(printed) === frame(ours);
  if (!sameFrame) return { ok: false, difference: null, numbers: expected.length };
  let difference = 0;
  let ok = true;
  expected.forEach((text, i) => {
    const apart = Math.abs(Number(actual[i]) - Number(text));
    difference = Math.max(difference, apart);
    if (!(apart <= tolerance(Number(text), unitOf(text)))) ok = false;
  });
  return { ok, difference, numbers: expected.length };
}
