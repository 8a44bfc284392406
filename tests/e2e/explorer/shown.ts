/** Numbers as they stand on screen, and what of a reference they may differ. */
import { expect } from 'vitest';
import { tolerance, type Tolerance } from '../../tolerance.ts';

/** A number with the half of its last digit: what rounding for the display may have moved. */
export interface Shown {
  readonly value: number;
  readonly rounding: number;
}

const PERCENT = 100;
const ROUNDED_HALF = 1 + 1e-9; // a half that float64 holds a little too small
const NUMBER = /^(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/;

/** Reads "−12.93", "50,257", "1.234e-5", "−∞". Throws: Error if the text is no number. */
export function parseShown(text: string): Shown {
  const plain = text.trim().replaceAll('−', '-').replaceAll(',', '');
  if (plain === '-∞') return { value: -Infinity, rounding: 0 };
  const [, , decimals = '', exponent = '0'] = NUMBER.exec(plain.replace(/^-/, '')) ?? [];
  const value = Number(plain);
  if (plain === '' || Number.isNaN(value))
    throw new Error(`parseShown: text must be a number, got "${text}".`);
  return { value, rounding: 0.5 * 10 ** (Number(exponent) - decimals.length) };
}

/** Reads "4.5 %" as a probability; "> 99.999999 %" as all from there to 1. */
export function parsePercent(text: string): Shown {
  const number = text
    .replace(/^> /, '')
    .replace(/\s*%$/, '')
    .replace(
      / × 10⁻([⁰¹²³⁴⁵⁶⁷⁸⁹]+)/,
      (_, raised: string) => `e-${[...raised].map((d) => '⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(d)).join('')}`
    );
  const { value, rounding } = parseShown(number);
  if (text.startsWith('> ')) return halfway(value / PERCENT, 1);
  return { value: value / PERCENT, rounding: rounding / PERCENT };
}

const halfway = (from: number, to: number): Shown => ({ value: (from + to) / 2, rounding: (to - from) / 2 });

/** The tolerance of the reference tests, for a backend that is not known beforehand. */
const ACTIVATION = tolerance('wasm', '');
/** A logit that is off by 1e-4 moves its probability by a ten-thousandth of itself. */
const PROBABILITY: Tolerance = { absolute: 1e-7, relative: 1e-3 };

/** Fails unless the text stands for the reference's number, but for rounding and the model's tolerance. */
export function expectShown(text: string, expected: number, what = 'on screen'): void {
  expectWithin(text, parseShown(text), expected, ACTIVATION, what);
}

/** The same for a probability, shown as a percentage. */
export function expectPercent(text: string, expected: number, what = 'on screen'): void {
  expectWithin(text, parsePercent(text), expected, PROBABILITY, what);
}

function expectWithin(text: string, shown: Shown, expected: number, model: Tolerance, what: string): void {
  if (shown.value === expected) return;
  const allowed = shown.rounding * ROUNDED_HALF + model.absolute + model.relative * Math.abs(expected);
  const difference = Math.abs(shown.value - expected);
  expect(difference, `${what}: "${text}", expected ${expected}`).toBeLessThanOrEqual(allowed);
}
